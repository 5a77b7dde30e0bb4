// Who covered what: a matrix of articles; when each printed: lanes on one clock.
function cellsOf(story) { const found = new Map(); for (const row of rowsIn("coverage")) if (row.story === story) found.set(row.g, row); return found; }
const MOST = 2 / 3;
/** An outlet with an article so near to a story is not called silent on it (findings_of_coverage.py). */
const NEAR = 0.35;
/** Whether a gap is worth a sign: most of the others have the story, and the outlet printed in those days. */
function gap(cells, row) {
  const have = [...cells.values()].filter((one) => one.n > 0).length;
  return row.note !== "no article in these days" && !(row.nearest_score >= NEAR) && have >= MOST * (cells.size - 1) && cells.size > 2;
}
/** Each mark is one article, an empty box is a story that the outlet did not print. */
function coverageFigure(where, width, most) {
  const ids = D.titles.story.slice(0, most), labels = width < 480 ? Math.min(128, width * 0.34) : Math.min(260, width * 0.36);
  const step = Math.max((width - labels) / GROUPS.length, most <= 6 && width > 480 ? 18 : 26), full = labels + step * GROUPS.length, top = headRoom(step), high = most <= 6 ? 33 : 36;
  const rows = ids.map((id, r) => {
    const y = top + r * high, cells = cellsOf(id);
    return [line_(0, y, full, y, "rule"), textLines(0, y + high / 2, wrap(storyName(id), labels - 8), "lab small"), [...cells].map(([g, row]) => {
      const x = labels + g * step, label = `${plain(groupTitle(g))}, ${plain(storyName(id))}: ${row.n ? t("n_articles", { n: row.n }) : row.note ? noteText(row.note) : t("none")}`;
      const key = "coverage." + row.row, middle = x + step / 2, shown = Math.min(row.n, step > 60 ? 3 : step > 40 ? 2 : 1), aside = row.n > shown ? 5 : 0;
      if (row.n) return hit(key, label, x + 1, y + 1, step - 2, high - 2, Array.from({ length: shown }, (_, k) => mark(g, middle + (k - (shown - 1) / 2) * 17 - aside, y + high / 2, 5.5)), row.n > shown ? text(middle + (shown - 1) * 8.5 + 4, y + high / 2 + 4, shown > 1 ? "+" + (row.n - shown) : row.n, "tick") : null);
      if (row.note === "no article in these days") return hit(key, label, x + 1, y + 1, step - 2, high - 2, text(middle, y + high / 2 + 4, "–", "tick", "middle"));
      const hot = gap(cells, row), wide = Math.min(step - 6, 46);
      return hit(key, label, x + 1, y + 1, step - 2, high - 2, rect(middle - wide / 2, y + 7, wide, high - 14, "gap" + (hot ? " hot" : "")), step > 42 ? text(middle, y + high / 2 + 4, t("none"), "gapt" + (hot ? " hot" : ""), "middle") : null);
    })];
  });
  return figure(where, t("fig_coverage"), full, top + ids.length * high + 1, t("matrix"), heads(labels, step), rows, line_(0, top + ids.length * high, full, top + ids.length * high, "rule"));
}

/** Lanes by outlet: a solid mark is an instant, a bar the hours that a date allows, dashed where the zone is unknown. */
function lanesFigure(where, width, ids, one) {
  const days = 1440, articles = ids.map((id) => ART.story.flatMap((story, a) => (story === id && ART.clock[a] < 3 ? [a] : [])));
  const all = articles.flat();
  if (!all.length) return null;
  const low = Math.min(...all.map((a) => ART.low[a])), high = Math.max(...all.map((a) => ART.high[a])), span = Math.max(high - low, days);
  const names = width < 480 ? 74 : one ? 92 : Math.min(200, width * 0.2), left = names, right = width - 10, scale = (m) => left + ((m - low) / span) * (right - left);
  const parts = [], lane = one ? 16 : 18;
  let y = 22;
  const top = y;
  ids.forEach((id, k) => {
    if (!one) { const heading = wrap(storyName(id), width - 8, 1, "600 14px"); parts.push(text(0, y + 16, heading[0], "lab b")); y += 26; }
    const groups = [...new Set(articles[k].map((a) => ART.group[a]))].sort((x, z) => x - z);
    for (const g of groups) {
      const middle = y + lane / 2;
      parts.push(mark(g, 6, middle, 4.5), text(16, middle + 4, brief(g), "tick"));
      for (const a of articles[k].filter((b) => ART.group[b] === g)) {
        const row = storyRow(a), from = scale(ART.low[a]), to = scale(ART.high[a]), label = `${plain(groupTitle(g))}, ${plain(ART.date[a])}: ${plain(title(a))}`, wide = Math.max(to - from, 24);
        const drawn = ART.clock[a] === 0 ? mark(g, from, middle, 5) : S("line", { x1: from, x2: Math.max(to, from + 4), y1: middle, y2: middle, class: "span " + tint(g) + (ART.clock[a] === 2 ? " fuzzy" : "") });
        parts.push(row ? hit("stories." + row.row, label, Math.min(from, (from + to) / 2 - wide / 2) , y, wide, lane, drawn) : drawn);
      }
      y += lane;
    }
    y += one ? 2 : 10;
  });
  const ticks = [], every = Math.ceil(span / days / Math.max(2, Math.floor((right - left) / 74))) * days;
  for (let m = Math.ceil(low / days) * days; m <= high; m += every) ticks.push(line_(scale(m), top - 4, scale(m), y, "grid"), text(scale(m), 13, dayName(new Date(m * 60000).toISOString()), "tick", scale(m) > right - 20 ? "end" : scale(m) < left + 20 ? "start" : "middle"));
  return figure(where, one ? t("fig_lanes_of", { s: short(storyName(ids[0]), 60) }) : t("fig_lanes"), width, y + 4, t("timeline"), ticks, parts);
}
let STORY_ROWS = null;
function storyRow(a) {
  STORY_ROWS ??= new Map(rowsIn("stories").map((row) => [row.article, row]));
  return STORY_ROWS.get(a);
}
const FIRST_STORIES = 8;
let storiesShown = FIRST_STORIES;
function drawStories(box) {
  const width = box.clientWidth;
  const wanted = state.story ? D.titles.story.filter((id) => String(id) === state.story) : D.titles.story;
  box.append(coverageFigure("stories", width, storiesShown), lanesFigure("stories", width, wanted.slice(0, storiesShown)) ?? "",
    h("p", { class: "legend" }, h("span", {}, t("key_instant")), h("span", {}, t("key_bar")), h("span", {}, t("key_dashed"))));
  if (wanted.length > storiesShown) box.append(h("div", { class: "more" }, button(t("show_more", { n: Math.min(wanted.length - storiesShown, 20) }), () => { storiesShown += 20; redraw("stories"); })));
}

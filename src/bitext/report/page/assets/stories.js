// Stories: who covered what (matrix), when (timeline), and what an outlet left out.
const STORY_ROWS = 15;
function storyList() {
  const found = new Map();
  for (const row of rowsOf(D.stories)) {
    if (!found.has(row.story)) found.set(row.story, { story: row.story, name: row.name, rows: [] });
    found.get(row.story).rows.push(row);
  }
  const list = [...found.values()];
  for (const one of list) one.groups = new Set(one.rows.map((row) => ART.group[row.article])).size;
  return list.sort((x, y) => y.groups - x.groups || y.rows.length - x.rows.length || x.story - y.story);
}
function drawStories(box) {
  const list = storyList(), detail = h("div", { class: "detail", "aria-live": "polite" });
  box.append(h("p", { class: "lead" }, t("stories_lead")));
  const holder = h("div");
  const draw = (all) => {
    const shown = all ? list : list.slice(0, STORY_ROWS);
    holder.replaceChildren(h("h3", {}, t("matrix")), matrix(shown, detail), h("h3", {}, t("timeline")), timeline(shown),
      ...(list.length > STORY_ROWS ? [h("div", { class: "more" }, button(all ? t("fewer") : t("show_all", { n: list.length }), () => draw(!all)))] : []));
  };
  draw(false);
  box.append(holder);
  holder.querySelector(".scroll").after(detail);
}
/** Of more than eight outlets none has a colour of its own. */
const outletClass = (g) => (GROUPS.length <= 8 ? "outlet" + (g + 1) : "outlet0");
const storyName = (one) => said(clip(one.name || "#" + one.story, 60), /[\u3400-\u9fff]/.test(one.name) ? "zh" : "en");
function matrix(list, detail) {
  const most = Math.max(...list.flatMap((one) => GROUPS.map((_, g) => one.rows.filter((row) => ART.group[row.article] === g).length)));
  const rows = list.map((one) => [button(storyName(one), () => showStory(detail, one, null), { class: "plain" }), ...GROUPS.map((_, g) => {
    const here = one.rows.filter((row) => ART.group[row.article] === g);
    if (!here.length) return button("·", () => showStory(detail, one, g), { class: "heat nil", "aria-label": plain(`${GROUPS[g]}: ${t("none")}`).slice(0, 200) });
    const first = here.some((row) => row.first);
    const cell = button(String(here.length), () => showStory(detail, one, g), { class: "heat" + (first ? " first" : ""), "aria-label": plain(`${GROUPS[g]}: ${here.length}${first ? ", " + t("first") : ""}`).slice(0, 200) });
    cell.style.setProperty("--heat", (12 + (50 * here.length) / most) + "%");
    return cell;
  })]);
  return small(t("matrix"), [t("story"), ...GROUPS.map((_, g) => groupName(g, 22))], rows, "matrix");
}
function showStory(detail, one, g) {
  const rows = one.rows.filter((row) => g === null || ART.group[row.article] === g);
  const items = rows.map((row) => h("li", {}, h("span", { class: "when" }, day(row.article)), group(ART.group[row.article]), row.first ? h("span", { class: "tag" }, t("first")) : null, articleButton(row.article)));
  detail.replaceChildren(h("div", { class: "panel" }, h("header", {}, h("h4", {}, storyName(one), g === null ? "" : " · ", g === null ? "" : groupName(g)), button(t("close"), () => detail.replaceChildren(), { class: "close" })), items.length ? h("ul", { class: "articles" }, items) : h("p", { class: "lead" }, t("no_article")), items.length ? leftOut(one, g) : null));
}
function leftOut(one, g) {
  if (g === null || !D.omitted_words) return null;
  const rows = rowsOf(D.omitted_words).filter((row) => row.story === one.story && row.outlet === GROUPS[g]).slice(0, 12);
  return rows.length ? [h("h5", {}, t("left_out")), h("p", { class: "quiet" }, t("left_out_lead")), h("ul", { class: "chips" }, rows.map((row) => h("li", {}, termButton("concept", row.term), " ", h("span", { class: "quiet" }, t("of_peers", { n: row.peers, of: row.peers_total })))))] : null;
}
function timeline(list) {
  const times = list.flatMap((one) => one.rows.map((row) => Date.parse((ART.date[row.article] || "").replace(" ", "T")))).filter(Number.isFinite);
  if (!times.length) return h("p", { class: "lead" }, t("undated"));
  const hour = 3600e3, low = Math.min(...times), high = Math.max(...times, low + 24 * hour);
  const place = (time) => 1.5 + (96 * (time - low)) / (high - low);
  const axis = h("div", { class: "track axis", "aria-hidden": "true" });
  const days = Math.max(1, Math.round((high - low) / (24 * hour))), step = Math.ceil(days / 7);
  for (let i = 0; i <= days; i += step) { const time = Math.floor(low / (24 * hour)) * 24 * hour + i * 24 * hour; if (time >= low - 12 * hour && time <= high) axis.append(h("span", { class: place(time) > 88 ? "last" : null, style: { left: Math.max(place(time), 0) + "%" } }, new Date(time + 1).toISOString().slice(5, 10))); }
  const rows = list.map((one) => {
    const track = h("div", { class: "track" }), used = [];
    let deepest = 0;
    const dots = one.rows.map((row) => [Date.parse((ART.date[row.article] || "").replace(" ", "T")), row]).filter(([time]) => Number.isFinite(time)).sort((x, y) => x[0] - y[0]);
    for (const [time, row] of dots) {
      const x = place(time);
      let level = 0;
      while (used[level] !== undefined && x - used[level] < 1.6) level++;
      used[level] = x; deepest = Math.max(deepest, level);
      const a = row.article, about = plain(`${GROUPS[ART.group[a]]}, ${day(a)}: ${title(a)}`).slice(0, 300);
      track.append(h("button", { type: "button", class: "dot " + outletClass(ART.group[a]), title: about, "aria-label": about, "aria-haspopup": "dialog", style: { left: x + "%", top: 4 + Math.min(level, 9) * 13 + "px" }, on: { click: () => openArticle(a) } }));
    }
    track.style.height = 22 + Math.min(deepest, 9) * 13 + "px";
    return [h("div", { class: "story" }, storyName(one)), track];
  });
  return h("div", { class: "timeline" }, h("p", { class: "legend" }, GROUPS.slice(0, 8).map((_, g) => h("span", {}, h("i", { class: "dot " + outletClass(g) }), group(g)))), h("div", { class: "grid" }, h("div"), axis, rows));
}

// Who speaks: kinds of actors by their share of the quoted words; the people each outlet quotes.
const ACTORS = () => Object.keys(WORDS.en.actors).filter((kind) => kind !== "all" && rowsIn("actors").some((row) => row.actor === kind));
function voicesFigure(where, width) {
  const kinds = ACTORS(), left = width < 480 ? 96 : Math.min(170, width * 0.16), step = Math.max((width - left) / GROUPS.length, 44), full = left + step * GROUPS.length, top = headRoom(step), high = 26;
  const most = Math.max(...rowsIn("actors").filter((row) => kinds.includes(row.actor)).map((row) => row.share), 0.01);
  return figure(where, t("fig_voices"), full, top + kinds.length * high + 4, t("voices"), heads(left, step), kinds.map((kind, k) => {
    const y = top + k * high;
    return [line_(0, y, full, y, "rule"), text(0, y + high / 2 + 4, named("actors", kind), "lab small"), GROUPS.map((_, g) => {
      const row = rowsIn("actors").find((one) => one.g === g && one.actor === kind), x = left + g * step + 4, room = step - 44;
      if (!row) return text(x, y + high / 2 + 4, "·", "tick");
      const wide = Math.max((row.share / most) * Math.max(room, 6), 1), sure = row.q !== null && row.q < 0.05;
      return hit("actors." + row.row, `${plain(groupTitle(g))}, ${named("actors", kind)}: ${percent(row.share)}`, x - 3, y + 1, step - 2, high - 2, S("rect", { x, y: y + 7, width: wide, height: high - 14, class: "m " + tint(g) }), text(x + wide + 4, y + high / 2 + 4, percent(row.share) + (sure ? " ●" : ""), "tick" + (sure ? " b" : "")));
    })];
  }));
}
/** One kind of speaker in every outlet, for a sentence about it: *focus* is its row. */
function actorFigure(where, width, focus) {
  const rows = rowsIn("actors").filter((row) => row.actor === focus.actor && row.g >= 0).sort((x, y) => x.g - y.g), left = 92, high = 20, most = Math.max(...rows.map((row) => row.high ?? row.share), 0.01);
  const scale = (share) => left + (share / most) * (width - left - 60);
  return figure(where, t("fig_actor", { kind: named("actors", focus.actor) }), width, rows.length * high + 6, t("voices"), rows.map((row, k) => {
    const y = k * high + high / 2 + 2, own = row === focus, sure = row.q !== null && row.q < 0.05;
    return hit("actors." + row.row, `${plain(groupTitle(row.g))}, ${named("actors", row.actor)}: ${percent(row.share)}`, 0, y - high / 2, width, high, mark(row.g, 6, y, 4.5), text(16, y + 4, brief(row.g), "tick" + (own ? " ink b" : "")), rect(left, y - 6, scale(row.share) - left, 12, own ? "nf" : "n2"), row.low === null ? null : line_(scale(row.low), y, scale(row.high), y, "err"), text(width - 2, y + 4, percent(row.share) + (sure ? " ●" : ""), "tick" + (own ? " ink b" : ""), "end"));
  }));
}
/** People and bodies named as sources: rows of one person, in all outlets. */
let PERSON = null;
const personOf = (row) => (PERSON ??= new Map(rowsIn("sources").map((one, i) => [one.row, D.people[i]]))).get(row.row);
/** Whom another outlet quotes under a name that holds this one, or within it. */
let OTHERS = null;
const ELSEWHERE = () => (OTHERS ??= new Set(rowsIn("sources").flatMap((one, i) => (D.elsewhere[i] ? [one.row] : []))));
function people() {
  const found = new Map();
  for (const row of rowsIn("sources")) {
    if (row.kind !== "named" || row.g < 0 || size(row.source) < 2) continue;
    const id = personOf(row), one = found.get(id) || { rows: new Map() };
    // Of two rows of one outlet the one with more articles stands; the table has both.
    const held = one.rows.get(row.g);
    if (!held || held.articles < row.articles) one.rows.set(row.g, row);
    found.set(id, one);
  }
  for (const one of found.values()) { const rows = [...one.rows.values()]; one.most = Math.max(...rows.map((row) => row.articles)); one.all = rows.reduce((n, row) => n + row.articles, 0); one.alone = rows.length === 1 && !ELSEWHERE().has(rows[0].row); }
  return [...found.values()];
}
function nameOfPerson(one) {
  const rows = [...one.rows.values()].sort((x, y) => y.articles - x.articles), wanted = state.lang === "zh" ? /[\u3400-\u9fff]/ : /[A-Za-z]{3}/;
  const name = ((row) => row.printed || row.source)(rows.find((row) => wanted.test(row.printed || row.source)) || rows[0]), inside = /[（(]([^）)]+)[）)]/.exec(name);
  return inside && state.lang === "en" && /[A-Za-z]/.test(inside[1]) ? inside[1] : name.replace(/[（(].*$/, "");
}
function peopleFigure(where, width, most) {
  // Those of one outlet alone first, by articles; then those that most outlets quote.
  const list = people().filter((one) => one.all > 1), own = list.filter((one) => one.alone && one.most >= 2).sort((x, y) => y.most - x.most), shared = list.filter((one) => one.rows.size > 1).sort((x, y) => y.rows.size - x.rows.size || y.all - x.all);
  const shown = [...own.slice(0, Math.ceil(most * 0.67)), ...shared].slice(0, most);
  if (!shown.length) return null;
  const left = width < 480 ? 118 : Math.min(210, width * 0.34), bare = most <= 8, step = Math.max((width - left) / GROUPS.length, bare ? 17 : 26), full = left + step * GROUPS.length, top = headRoom(step, bare), high = 25;
  return figure(where, t("fig_people"), full, top + shown.length * high + 4, t("people"), heads(left, step, bare), shown.map((one, k) => {
    const y = top + k * high;
    return [line_(0, y, full, y, "rule"), text(0, y + high / 2 + 4, wrap(nameOfPerson(one), left - 6, 1)[0], "lab small"), GROUPS.map((_, g) => {
      const row = one.rows.get(g), x = left + g * step;
      return row ? hit("sources." + row.row, `${plain(groupTitle(g))}, ${plain(row.printed || row.source)}: ${t("n_articles", { n: row.articles })}`, x + 1, y + 1, step - 2, high - 2, text(x + step / 2, y + high / 2 + 4, String(row.articles), "num" + (one.alone ? " b" : ""), "middle")) : text(x + step / 2, y + high / 2 + 4, "·", "tick", "middle");
    })];
  }));
}
function drawVoices(box) {
  if (rowsIn("actors").length) box.append(voicesFigure("voices", box.clientWidth));
  const figure_ = peopleFigure("voices", box.clientWidth, 16);
  if (figure_) box.append(figure_);
  const table = sortable("voices", "sources", "source group kind actor attributions articles group_size share".split(" "), rowsIn("sources"), "source", t("all_sources"));
  box.append(folded(t("all_sources"), table, "voices", "sources"));
}

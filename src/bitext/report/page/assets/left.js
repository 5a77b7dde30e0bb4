// What is left out: statement × outlet. A mark: carried; a box: the outlet wrote on the story without it; a dash: no article.
function statementRows() {
  const found = new Map(rowsIn("statement_summary").map((row) => [row.statement, { row, gaps: new Map() }]));
  for (const gap_ of rowsIn("omissions")) found.get(gap_.statement)?.gaps.set(gap_.g, gap_);
  // First what most of the others carry and one surely does not have.
  const rank = (one) => Math.max(0, ...[...one.gaps.values()].filter((x) => x.verdict === "omitted").map((x) => x.peers / x.peers_total + x.peers / 100));
  return [...found.values()].filter((one) => one.gaps.size && one.row.carriers > 1).sort((x, y) => rank(y) - rank(x));
}
/** What is neither a box nor open: the outlet printed all it has before anybody stated it; or it has a part of it. */
const VERDICT_MARKS = { "printed before": "◁", "carried in part": "◐" };
const statementText = (row) => (state.lang === "zh" ? row.zh || row.en : row.en || row.zh);
function leftFigure(where, width, most) {
  const shown = statementRows().filter((one) => !state.story || most < 5 || String(one.row.story) === state.story).slice(0, most);
  if (!shown.length) return null;
  // In a card nothing may lie beyond its edge: with many outlets their columns are narrow, then the text beside them.
  const bare = most < 5, wanted = width < 480 ? 150 : bare ? Math.min(190, width * 0.46) : Math.min(480, width * 0.46), least = bare ? 14 : 26;
  const left = bare ? Math.max(90, Math.min(wanted, width - least * GROUPS.length)) : wanted, step = Math.max((width - left) / GROUPS.length, bare ? 10 : least), r = Math.min(5.5, step * 0.4), full = left + step * GROUPS.length, top = headRoom(step, bare), lines = 2, high = 36;
  return figure(where, t("fig_left"), full, top + shown.length * high + 4, t("left_out"), heads(left, step, bare), shown.map((one, k) => {
    const y = top + k * high, carried = new Set(String(one.row.carried_by).split(" · "));
    return [line_(0, y, full, y, "rule"), textLines(0, y + high / 2, wrap(statementText(one.row), left - 10, lines, "12.5px"), "lab small"), GROUPS.map((name, g) => {
      const x = left + g * step, middle = x + step / 2, gap_ = one.gaps.get(g), told = `${plain(name)}: ${plain(short(statementText(one.row), 80))}, `;
      const said_ = triples(D.statements.said[one.row.statement]).some(([a]) => ART.group[a] === g);
      if (carried.has(name) || (said_ && !gap_)) return hit("statement_summary." + one.row.row, told + t("carried"), x + 1, y + 1, step - 2, high - 2, mark(g, middle, y + high / 2, r, !carried.has(name)));
      if (!gap_) return text(middle, y + high / 2 + 4, "–", "tick", "middle");
      const hot = gap_.verdict === "omitted" && gap_.peers >= MOST * gap_.peers_total, wide = Math.max(Math.min(step - 8, 30), Math.min(step - 4, 9));
      return hit("omissions." + gap_.row, told + named("verdicts", gap_.verdict), x + 1, y + 1, step - 2, high - 2, gap_.verdict === "omitted" ? rect(middle - wide / 2, y + 9, wide, high - 18, "gap" + (hot ? " hot" : "")) : text(middle, y + high / 2 + 4, VERDICT_MARKS[gap_.verdict] ?? "?", "tick", "middle"));
    })];
  }));
}
let statementsShown = 10;
function drawLeft(box) {
  const figure_ = leftFigure("left", box.clientWidth, Math.max(statementsShown, 5));
  if (figure_) box.append(figure_, h("p", { class: "legend" }, h("span", {}, t("key_carried")), h("span", {}, t("key_gap")), h("span", {}, t("key_unsure")), ["printed before", "carried in part"].filter((one) => rowsIn("omissions").some((row) => row.verdict === one)).map((one) => h("span", {}, VERDICT_MARKS[one] + " " + named("verdicts", one))), h("span", {}, t("key_dash"))));
  const n = statementRows().length;
  if (n > statementsShown) box.append(h("div", { class: "more" }, button(t("show_more", { n: Math.min(n - statementsShown, 20) }), () => { statementsShown += 20; redraw("left"); })));
  if (rowsIn("omission_rates").length) { const table = sortable("left", "omission_rates", "outlet omitted statements rate expected low high note".split(" "), rowsIn("omission_rates"), "outlet", t("omission_rates")); box.append(folded(t("omission_rates"), table, "left", "omission_rates")); }
}

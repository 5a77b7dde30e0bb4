// Copies and wires: how much of a text stands in another, and what was cut.
const SHARED = ["wire", "copy", "unknown", "update", "repeat", "series"];
function copyRows() {
  return rowsIn("duplicates").filter((row) => SHARED.includes(row.relation) && D.passages && D.passages.nearest[row.row] >= 0).sort((x, y) => SHARED.indexOf(x.relation) - SHARED.indexOf(y.relation) || y.containment - x.containment);
}
function copiesFigure(where, width, rows) {
  const high = 50, bar = Math.min(width - 150, 560);
  return figure(where, t("fig_copies"), width, rows.length * high + 4, t("copies"), rows.map((row, k) => {
    const y = k * high, from = D.passages.nearest[row.row], g = ART.group[from], way = row.sure ? "→" : "↔", share = row.sure && row.new !== null ? 1 - row.new : row.containment;
    return [line_(0, y, width, y, "rule"), hit("duplicates." + row.row, `${plain(groupTitle(g))} ${way} ${plain(row.outlet)}: ${percent(share)}, ${named("relations", row.relation)}`, 0, y + 1, width, high - 2, mark(g, 8, y + 15, 5), text(20, y + 19, way, "tick"), mark(row.g, 46, y + 15, 5), text(60, y + 19, wrap(row.title, width - 70, 1)[0], "lab small"), rect(0, y + 29, bar, 10, "bg"), rect(0, y + 29, bar * share, 10, "same"), text(bar + 8, y + 38, percent(share) + " · " + named("relations", row.relation) + (row.agency ? " · " + short(row.agency, 20) : ""), "tick"))];
  }));
}
let copiesShown = 12;
function drawCopies(box) {
  const rows = copyRows();
  if (!rows.length) { box.append(h("p", { class: "notice" }, t("no_copies"))); return; }
  box.append(copiesFigure("copies", box.clientWidth, rows.slice(0, copiesShown)), h("p", { class: "legend" }, h("span", {}, t("key_copies"))));
  if (rows.length > copiesShown) box.append(h("div", { class: "more" }, button(t("show_more", { n: Math.min(rows.length - copiesShown, 30) }), () => { copiesShown += 30; redraw("copies"); })));
}

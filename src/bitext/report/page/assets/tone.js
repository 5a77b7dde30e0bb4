// Tone: estimates with their intervals, in the outlet's own voice, within a language.
function toneRows(feature) {
  const rows = rowsIn("stance").filter((row) => row.feature === feature && row.g >= 0 && row.value !== null);
  const own = rows.filter((row) => row.voice === "outlet"), used = own.length ? own : rows;
  return used.filter((row) => used.filter((one) => one.lang === row.lang).length > 1).sort((x, y) => (x.lang < y.lang ? -1 : x.lang > y.lang ? 1 : x.g - y.g));
}
function toneFeatures() {
  const order = "attributions_per_sentence hedge say_doubting anon_share quote_share booster negation deontic conflict cooperation eval_neg".split(" ");
  const steady = (feature) => toneRows(feature).filter((row) => row.stable).length;
  return order.filter((feature) => toneRows(feature).length > 1).sort((x, y) => (steady(y) > 1) - (steady(x) > 1));
}
function toneFigure(where, width, feature) {
  const rows = toneRows(feature), left = 92, right = width - 52, high = 22, top = 6;
  const most = Math.max(...rows.map((row) => Math.min(row.high ?? row.value, 3 * Math.max(...rows.map((one) => one.value), 1e-9))), 1e-9), low = Math.min(0, ...rows.map((row) => row.low ?? row.value)), scale = (x) => left + ((Math.min(x, most) - low) / (most - low)) * (right - left);
  let y = top, lang = null;
  const parts = rows.map((row) => {
    if (lang !== null && lang !== row.lang) { y += 8; }
    const rule = lang !== null && lang !== row.lang ? line_(0, y - 4, width, y - 4, "rule") : null;
    lang = row.lang;
    const middle = y + high / 2, bounded = row.low !== null && row.high !== null;
    y += high;
    const value = row.unit === "share" ? percent(row.value) : num(row.value, 2);
    return [rule, hit("stance." + row.row, `${plain(groupTitle(row.g))}, ${named("features", feature)}: ${value}`, 0, middle - high / 2, width, high, text(0, middle + 4, brief(row.g), "tick"), bounded ? S("line", { x1: scale(row.low), x2: scale(row.high), y1: middle, y2: middle, class: "iv " + tint(row.g) }) : null, bounded && row.high > most ? S("path", { d: `M${right - 6} ${middle - 4}L${right} ${middle}L${right - 6} ${middle + 4}`, class: "iva " + tint(row.g) }) : null, mark(row.g, scale(row.value), middle, 4.5, !row.stable), text(width - 2, middle + 4, value, "tick", "end"))];
  });
  const unit = rows.find((row) => row.unit)?.unit || "";
  return figure(where, named("features", feature) + (unit ? state.lang === "zh" ? `（${named("units", unit)}）` : `, ${named("units", unit)}` : ""), width, y + 6, named("features", feature), line_(scale(0), top, scale(0), y, "axis"), parts);
}
function drawTone(box) {
  const features = toneFeatures().slice(0, 6), wide = box.clientWidth, columns = wide > 900 ? 3 : wide > 620 ? 2 : 1, grid = h("div", { class: "multiples" });
  box.append(grid);
  for (const feature of features) grid.append(toneFigure("tone", Math.floor((wide - (columns - 1) * 36) / columns), feature));
  [...grid.querySelectorAll(".hit[tabindex='0']")].slice(1).forEach((one) => one.setAttribute("tabindex", "-1"));
  box.append(h("p", { class: "legend" }, h("span", {}, t("key_interval")), h("span", {}, t("key_unstable"))));
  const table = sortable("tone", "stance", "group feature lang voice value low high hits articles note".split(" "), rowsIn("stance"), "group", t("tone_table"));
  box.append(folded(t("all_rows"), table, "tone", "stance"));
  if (rowsIn("polarity").length) { const toward = sortable("tone", "polarity", "group toward voice value low high clauses note".split(" "), rowsIn("polarity"), "group", t("toward")); box.append(folded(t("toward"), toward, "tone", "polarity")); }
}

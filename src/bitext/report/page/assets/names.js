// What each calls it: shares of the names of one thing, as bars; names of people in both languages.
function referents() {
  const found = new Map();
  for (const row of rowsIn("naming")) {
    const one = found.get(row.referent) || { labels: new Set(), groups: new Map() };
    one.labels.add(row.label); one.groups.set(row.g, row.of);
    found.set(row.referent, one);
  }
  const several = [...found].filter(([name, one]) => name !== "regional_forms" && one.labels.size > 1 && one.groups.size > 1);
  const enough = (one) => [...one.groups.values()].filter((of) => of >= 5).length, total = (one) => [...one.groups.values()].reduce((x, y) => x + y, 0);
  return several.sort(([, x], [, y]) => enough(y) - enough(x) || total(y) - total(x)).map(([name]) => name);
}
/** The name as printed most often. */
const printed = (row) => String(row.surfaces || "").split(" · ")[0].replace(/ \d+$/, "");
const labelName = (row) => printed(row) || named("labels", String(row.label).split("/").at(-1));
/** *focus*: the row that a sentence is about, whose name is coloured and whose outlet is set in bold. */
function namesFigure(where, width, referent, focus) {
  const rows = rowsIn("naming").filter((row) => row.referent === referent && row.n > 0), left = width < 480 ? 80 : Math.min(190, width * 0.24), right = 34, high = 22, top = 4;
  if (!rows.length) return null;
  const weight = new Map();
  for (const row of rows) weight.set(row.label, (weight.get(row.label) || 0) + row.n);
  const labels = [...weight].sort((x, y) => y[1] - x[1]).map(([label]) => label), groups = GROUPS.map((_, g) => g).filter((g) => rows.some((row) => row.g === g));
  const shade = (row) => (focus ? (row.label === focus.label ? "nf" : "n" + (labels.indexOf(row.label) % 2 + 1)) : "n" + Math.min(labels.indexOf(row.label) + 1, 7));
  const bars = groups.map((g, k) => {
    const y = top + k * high, mine = rows.filter((row) => row.g === g).sort((x, z) => labels.indexOf(x.label) - labels.indexOf(z.label));
    let x = left;
    const parts = mine.map((row) => {
      const wide = row.share * (width - left - right), word = labelName(row), place = x, fits = measure(word, "600 11.5px") < wide - 8;
      x += wide;
      return hit("naming." + row.row, `${plain(groupTitle(g))}: ${plain(word)}, ${t("n_of", { n: row.n, of: row.of })}`, place, y, wide, high, rect(place, y + 2, Math.max(wide - 1, 1), high - 4, shade(row)), fits ? text(place + wide / 2, y + high / 2 + 4, word, "in " + shade(row), "middle") : null);
    });
    return [mark(g, 6, y + high / 2, 4.5), text(16, y + high / 2 + 4, width < 700 ? brief(g) : short(groupTitle(g), 20), "tick" + (focus && focus.g === g ? " ink b" : "")), parts, text(width - 4, y + high / 2 + 4, String(mine[0].of), "tick", "end")];
  });
  return figure(where, t("fig_names", { r: labelOf(referent) }), width, top + groups.length * high + 4, t("naming"), bars);
}
function drawNames(box) {
  const list = referents();
  if (list.length) {
    const chosen = list.includes(state.ref) ? state.ref : list[0];
    box.append(h("div", { class: "controls" }, select(t("referent"), list.slice(0, 60).map((name) => [name, labelOf(name)]), chosen, (ref) => go({ ref }))), namesFigure("names", box.clientWidth, chosen));
    const legend = new Map();
    for (const row of rowsIn("naming").filter((one) => one.referent === chosen && one.n > 0)) { const held = legend.get(row.label) || { n: 0, forms: new Map() }; held.n += row.n; held.forms.set(labelName(row), (held.forms.get(labelName(row)) || 0) + row.n); legend.set(row.label, held); }
    box.append(h("p", { class: "legend" }, [...legend].sort((x, y) => y[1].n - x[1].n).map(([, held], k) => h("span", {}, h("i", { class: "sw n" + Math.min(k + 1, 7), "aria-hidden": "true" }), " ", [...held.forms].sort((x, y) => y[1] - x[1]).slice(0, 3).map(([form], j) => [j ? " · " : "", said(form, zhOf(form))])))));
    const table = sortable("names", "naming", "group referent label n of share low high".split(" "), rowsIn("naming").filter((row) => row.referent === chosen && row.n > 0), "label", t("all_names"));
    box.append(folded(t("all_rows"), table, "names", "naming"));
  }
  if (rowsIn("glossary").length) { const table = sortable("names", "glossary", "zh en n articles outlets variants".split(" "), rowsIn("glossary"), "zh", t("glossary")); box.append(folded(t("glossary"), table, "names", "glossary")); }
  if (rowsIn("naming_candidates").length) { const table = sortable("names", "naming_candidates", "name_a name_b evidence n_a n_b group_a group_b shared".split(" "), rowsIn("naming_candidates"), "name_a", t("naming_candidates")); box.append(folded(t("naming_candidates"), table, "names", "naming_candidates")); }
}
/** A long table behind its name; an address that points to one of its rows opens it. */
const FOLDS = {};
function folded(label, table, where, name) {
  const box = h("details", { class: "rows" }, h("summary", {}, label), table.element);
  (FOLDS[where] ??= {})[name] = { box, table };
  REVEAL[where] = (key) => { const fold = FOLDS[where][key.split(".")[0]], drawn = [...$(where).querySelectorAll(".hit")].some((one) => one.dataset.open === key); if (fold && !drawn) { fold.box.open = true; fold.table.reveal(key); } };
  return box;
}

// Naming shares and the glossary: as the tables come.
const LABELS = { referent: "referent", label: "label", name: "label", group: "group", outlet: "outlet", n: "n", share: "share", articles: "articles", note: "note", lang: "lang", zh: "zh", en: "en" };
function generic(table, caption) {
  const rows = rowsOf(table), keys = Object.keys(table).filter((key) => !/^(low|high)$/.test(key) || !("share" in table));
  const numeric = (key) => table[key].some((x) => typeof x === "number") && table[key].every((x) => x === null || typeof x === "number");
  return sortable({ caption, rows, columns: keys.map((key, i) => ({ key, first: !i, num: numeric(key), label: LABELS[key] ? t(LABELS[key]) : key.replace(/_/g, " "),
    cell: key === "share" ? (r) => [percent(r.share), r.low !== null && r.low !== undefined ? h("small", {}, ` ${percent(r.low)} – ${percent(r.high)}`) : ""] : key === "note" ? (r) => h("span", { class: "note" }, noteText(r.note)) : undefined })) }).element;
}
function drawNaming(box) {
  box.append(h("p", { class: "lead" }, t("naming_lead")));
  const rows = rowsOf(D.naming), key = "group" in D.naming ? "group" : D.by;
  if (!("referent" in D.naming && "label" in D.naming && "share" in D.naming && key in D.naming)) { box.append(generic(D.naming, t("naming"))); return; }
  const referents = [...new Set(rows.map((row) => row.referent))];
  const s = (state.naming ??= { referent: referents[0] }), holder = h("div");
  const draw = () => {
    const here = rows.filter((row) => row.referent === s.referent), labels = [...new Set(here.map((row) => row.label))], groups = [...new Set(here.map((row) => row[key]))];
    holder.replaceChildren(small(s.referent, [D.by === "outlet" ? t("outlet") : t("group"), ...labels.map((label) => said(clip(label, 30)))], groups.map((name) => [said(clip(name)), ...labels.map((label) => {
      const row = here.find((one) => one[key] === name && one.label === label);
      if (!row || !row.n) return h("span", { class: "nil" }, "·");
      return [h("span", { class: "bar" }, h("span", { style: { width: 100 * row.share + "%" } })), percent(row.share), h("small", {}, row.low === null || row.low === undefined ? ` n ${row.n}` : ` ${percent(row.low)} – ${percent(row.high)}, n ${row.n}`)];
    })]), "naming"));
  };
  box.append(h("div", { class: "controls" }, select(t("referent"), referents.map((r) => [r, short(r.replace(/_/g, " "))]), s.referent, (value) => { s.referent = value; draw(); })), holder);
  draw();
}
function drawGlossary(box) { box.append(h("p", { class: "lead" }, t("glossary_lead")), generic(D.glossary, t("glossary"))); }

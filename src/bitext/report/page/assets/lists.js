// Keyness and keywords: tables to sort and filter.
function interval(low, high) {
  return low === null && high === null ? "–" : `${fixed(low, 1)} – ${fixed(high, 1)}`;
}
function drawKeyness(box) {
  const rows = [];
  for (const [name, table] of [["term", D.keyness], ["concept", D.keyness_concepts]]) {
    if (!table) continue;
    for (const row of rowsOf(table)) rows.push({ ...row, unit: row.lang || "concept" });
  }
  const kinds = [...new Set(rows.map((row) => row.unit))];
  const s = (state.keyness ??= { unit: kinds.includes("concept") && kinds.length > 2 ? "concept" : kinds[0], group: "", way: "over", test: "any", text: "" });
  const table = sortable({ caption: t("keyness"), rows: [], sort: "g2", columns: [
    { key: "term", label: t("term"), first: true, cell: (r) => termButton(r.unit, r.term) },
    { key: "target", label: D.by === "outlet" ? t("outlet") : t("group"), cell: (r) => nameOf(r.target) },
    { key: "n_target", label: t("n_target"), num: true }, { key: "n_reference", label: t("n_reference"), num: true },
    { key: "articles_target", label: t("articles_target"), num: true }, { key: "articles_reference", label: t("articles_reference"), num: true },
    { key: "g2", label: t("g2"), num: true, cell: (r) => fixed(r.g2, 1) },
    { key: "log_ratio", label: t("log_ratio"), num: true, cell: (r) => fixed(r.log_ratio, 1) },
    { key: "log_ratio_low", label: t("ci"), num: true, cell: (r) => interval(r.log_ratio_low, r.log_ratio_high) },
    { key: "dispersion", label: t("dispersion"), num: true, help: t("dispersion_help"), cell: (r) => fixed(r.dispersion, 2) },
    { key: "q", label: t("q"), num: true, cell: (r) => small_p(r.q) },
    { key: "note", label: t("note"), cell: (r) => h("span", { class: "note" }, (r.q === null ? t("not_estimable") + ": " : "") + noteText(r.note)) }] });
  const update = () => table.update(rows.filter((r) => r.unit === s.unit && (s.group === "" || r.target === GROUPS[s.group]) && (s.way === "all" || (s.way === "over") === r.g2 > 0)
    && (s.test === "any" || (s.test === "tested" ? r.q !== null : r.q !== null && r.q < 0.05)) && matches(r, s.text)));
  const set = (key) => (value) => { s[key] = value; update(); };
  box.append(h("p", { class: "lead" }, t("keyness_lead")), h("div", { class: "controls" },
    select(t("unit"), kinds.map((kind) => [kind, t("unit_" + kind)]), s.unit, set("unit")),
    select(t("filter_group"), [["", t("all")], ...groupOptions()], s.group, set("group")),
    select(t("direction"), [["over", t("over")], ["under", t("under")], ["all", t("all")]], s.way, set("way")),
    select(t("test"), [["any", t("any")], ["tested", t("tested")], ["sure", t("sure")]], s.test, set("test")),
    field(t("filter"), set("text"), { value: s.text })), table.element, h("p", { class: "notice" }, t("page_rows")));
  update();
}
const matches = (row, text) => !text.trim() || answers(row.unit, row.term, text.trim().toLowerCase());

function drawKeywords(box) {
  const rows = rowsOf(D.keywords).map((row) => ({ ...row, unit: row.lang }));
  const s = (state.keywords ??= { group: "", text: "" });
  const head = GROUPS.map((name, g) => {
    const best = rows.filter((row) => row.group === name).sort((x, y) => x.rank - y.rank).slice(0, 12);
    return best.length ? h("div", { class: "wordlist" }, h("h4", {}, group(g)), h("p", {}, best.map((row, i) => [i ? h("span", { class: "sep" }, " · ") : "", termButton(row.unit, row.term)]))) : null;
  });
  const table = sortable({ caption: t("keywords"), rows: [], sort: "tfidf", columns: [
    { key: "term", label: t("term"), first: true, cell: (r) => termButton(r.unit, r.term) }, { key: "group", label: D.by === "outlet" ? t("outlet") : t("group"), cell: (r) => nameOf(r.group) },
    { key: "lang", label: t("lang"), cell: (r) => t(r.lang) }, { key: "rank", label: t("rank"), num: true }, { key: "n", label: t("n"), num: true }, { key: "articles", label: t("articles"), num: true }, { key: "tfidf", label: t("tfidf"), num: true, cell: (r) => fixed(r.tfidf, 3) }] });
  const update = () => table.update(rows.filter((r) => (s.group === "" || r.group === GROUPS[s.group]) && matches(r, s.text)));
  box.append(h("p", { class: "lead" }, t("keywords_lead")), h("div", { class: "wordlists" }, head), h("div", { class: "controls" },
    select(t("filter_group"), [["", t("all")], ...groupOptions()], s.group, (value) => { s.group = value; update(); }), field(t("filter"), (value) => { s.text = value; update(); }, { value: s.text })), table.element);
  update();
}

// Similarity of every pair of groups.
function drawSimilarity(box) {
  const rows = rowsOf(D.similarity), names = [...new Set(rows.flatMap((row) => [row.target, row.reference]))];
  const find = (a, b) => rows.find((row) => (row.target === a && row.reference === b) || (row.target === b && row.reference === a));
  const values = rows.map((row) => row.cosine).filter((x) => x !== null), low = Math.min(...values), high = Math.max(...values);
  const detail = h("p", { class: "detail says", "aria-live": "polite" });
  const about = (row) => { const v = { a: short(row.target), b: short(row.reference), c: fixed(row.cosine, 2), low: fixed(row.cosine_low, 2), high: fixed(row.cosine_high, 2), x: fixed(row.cosine_chance, 2), note: noteText(row.note) }; return row.cosine_low === null ? t("sim_none", v) : t("sim_detail", v); };
  const table = names.map((a) => [nameOf(a), ...names.map((b) => {
    const row = a === b ? null : find(a, b);
    if (!row || row.cosine === null) return h("span", { class: "nil" }, a === b ? "" : "–");
    const one = button(fixed(row.cosine, 2), () => { detail.textContent = about(row); }, { class: "heat", "aria-label": about(row), title: about(row) });
    one.style.setProperty("--heat", 6 + (56 * (row.cosine - low)) / Math.max(high - low, 1e-9) + "%");
    return one;
  })]);
  box.append(h("p", { class: "lead" }, t("similarity_lead")), small(t("similarity"), ["", ...names.map((name) => nameOf(name, 22))], table, "matrix"), detail);
}

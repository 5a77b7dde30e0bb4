// Naming shares and the glossary.
function drawNaming(box) {
  const rows = rowsOf(D.naming), total = new Map();
  for (const row of rows) total.set(row.referent, (total.get(row.referent) || 0) + (row.voice === "all" ? row.n : 0));
  const referents = [...total].sort((x, y) => y[1] - x[1]).map(([name]) => name);
  const places = [...new Set(rows.map((row) => row.place))].filter(Boolean), voices = [...new Set(rows.map((row) => row.voice))].filter(Boolean);
  const s = (state.naming ??= { referent: referents[0], place: places.includes("body") ? "body" : places[0], voice: "all" }), holder = h("div");
  const draw = () => holder.replaceChildren(shares(rows.filter((row) => row.referent === s.referent && (!places.length || row.place === s.place) && (!voices.length || row.voice === (s.place === "body" ? s.voice : "all")))));
  const choose = (key) => (value) => { s[key] = value; draw(); };
  box.append(h("p", { class: "lead" }, t("naming_lead")), h("div", { class: "controls" },
    select(t("referent"), referents.map((name) => [name, `${short(termText("concept", name), 40)} (${whole(total.get(name))})`]), s.referent, choose("referent")),
    places.length > 1 ? select(t("place"), places.map((name) => [name, t("place_" + name)]), s.place, choose("place")) : null,
    voices.length > 1 ? select(t("voice"), voices.map((name) => [name, t("voice_" + name)]), s.voice, choose("voice")) : null), holder);
  draw();
}
function shares(rows) {
  if (!rows.length) return h("p", { class: "notice" }, t("none"));
  const size = new Map(), spelt = new Map();
  for (const row of rows) {
    size.set(row.label, (size.get(row.label) || 0) + row.n);
    if (!spelt.has(row.label)) spelt.set(row.label, new Map());
    // "China 5 · 中国 3": spellings with their counts, added up over the groups.
    for (const one of String(row.surfaces).split(" · ")) {
      const [, form, n] = one.match(/^(.*?)\s*(\d*)$/su);
      if (form) spelt.get(row.label).set(form, (spelt.get(row.label).get(form) || 0) + Number(n || 1));
    }
  }
  const spellings = (label) => [...spelt.get(label)].sort((x, y) => y[1] - x[1]).slice(0, 3).map(([form]) => form).join(" · ");
  const labels = [...size].sort((x, y) => y[1] - x[1]).map(([label]) => label), groups = [...new Set(rows.map((row) => row.group))];
  const head = (label) => { const name = label.split("/").pop(); return [said(clip(named("labels", name), 30)), h("small", {}, said(clip(spellings(label), 40)))]; };
  return small(t("naming"), [D.by === "outlet" ? t("outlet") : t("group"), ...labels.map(head)], groups.map((name) => [nameOf(name), ...labels.map((label) => {
    const row = rows.find((one) => one.group === name && one.label === label);
    if (!row) return h("span", { class: "nil" }, "·");
    const range = row.low === null ? h("small", { title: noteText(row.note) }, t("not_estimable_short")) : h("small", {}, `${percent(row.low)} – ${percent(row.high)}`);
    return [h("span", { class: "bar" }, h("span", { style: { width: 100 * row.share + "%" } })), h("span", { class: "barnum" }, percent(row.share)), h("small", {}, `${whole(row.n)} / ${whole(row.of)}`), range];
  })]), "naming");
}

const GLOSSARY_LABELS = ["n", "articles", "note", "lang", "zh", "en", "kind", "outlets", "concept", "confidence", "variants"];
function drawGlossary(box) {
  const table = D.glossary, rows = rowsOf(table), keys = Object.keys(table);
  const numeric = (key) => table[key].some((x) => typeof x === "number") && table[key].every((x) => x === null || typeof x === "number");
  box.append(h("p", { class: "lead" }, t("glossary_lead")), sortable({ caption: t("glossary"), rows, columns: keys.map((key, i) => ({ key, first: !i, num: numeric(key),
    label: GLOSSARY_LABELS.includes(key) ? t(key) : key.replace(/_/g, " "), cell: numeric(key) ? undefined : (row) => (key === "concept" ? (row.concept ? termButton("concept", row.concept) : "") : key === "kind" ? named("kinds", row.kind) : key === "note" ? h("span", { class: "note" }, noteText(row.note)) : said(clip(row[key] ?? "", 80))) })) }).element);
}

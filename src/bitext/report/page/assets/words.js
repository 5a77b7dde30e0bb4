// Words that set apart: intervals from the table of keyness; every word of every outlet, two outlets side by side by counts.
/** A word as it is printed: by the group of *row*, else as the rows of the tables have it. */
const PRINTED = new Map();
for (const row of [...rowsIn("keyness"), ...rowsIn("keywords")]) if (row.printed) { const key = row.lang + " " + row.term; if (!PRINTED.has(key)) PRINTED.set(key, row.printed); }
function termText(unitName, term, row) {
  if (unitName !== "concept") return (row && row.printed) || PRINTED.get(unitName + " " + term) || term;
  const unit = D.units.find((one) => one.unit === "concept"), i = unit ? unit.terms.indexOf(term) : -1;
  const [zh, en] = i < 0 ? ["", ""] : unit.labels[i];
  return (state.lang === "zh" ? zh || en : en || zh) || term.replace(/_/g, " ");
}
/** From this share of its articles on a word that stands behind the same words is part of a formula (pipeline/printed.py). */
const FORMULA = 0.5;
/** Rows beyond chance, of words that are no outlet's own name: up to *most* of each outlet. */
function tellingWords(most) {
  const taken = new Map();
  return rowsIn("keyness").filter((row) => row.reference === "(rest)" && row.q !== null && row.q < 0.05 && row.log_ratio > 0 && !row.own_name && !(row.formula >= FORMULA) && row.articles_target >= 5 && row.g >= 0 && /\p{L}/u.test(row.term)).filter((row) => { const n = taken.get(row.g) || 0; taken.set(row.g, n + 1); return n < most; }).sort((x, y) => x.g - y.g);
}
/** The rows of the words that the findings tell, the first of each outlet. */
function toldWords() {
  const first = new Map();
  for (const i of ofKind("words")) { const row = F.group[i] && T.keyness.at.get(F.rows[i][0]); if (row && !first.has(row.g)) first.set(row.g, row); }
  return [...first.values()];
}
function wordsFigure(where, width, most) {
  const rows = most === 1 ? toldWords() : tellingWords(most).slice(0, 80);
  if (!rows.length) return null;
  const endless = (x) => x === null || Math.abs(x) > 1e299;
  const named_ = (most > 1 && width > 480) || GROUPS.length > 8, left = named_ ? (width > 480 ? 190 : 168) : width < 480 ? 104 : Math.min(150, width * 0.3), right = width - 74, top = 26, high = 24;
  // A limit far out would press all others together: it is drawn as an arrow.
  const most_ = Math.min(12, Math.max(6, ...rows.map((row) => Math.max(row.log_ratio, endless(row.log_ratio_high) ? row.log_ratio + 1 : row.log_ratio_high))));
  const low_ = Math.max(-2, Math.min(0, ...rows.map((row) => (endless(row.log_ratio_low) ? 0 : row.log_ratio_low)))), scale = (x) => left + ((Math.max(low_, Math.min(x, most_)) - low_) / (most_ - low_)) * (right - left);
  // As many marks on the axis as their numbers have room for.
  const every = 2 * Math.max(1, Math.ceil(40 / (scale(2) - scale(0))));
  const ticks = [0, 2, 4, 6, 8, 10].filter((x) => x <= most_ && x >= low_ && x % every === 0).map((x) => [line_(scale(x), top - 4, scale(x), top + rows.length * high, "grid"), text(scale(x), 14, 2 ** x + "×", "tick", "middle")]);
  return figure(where, t("fig_words"), width, top + rows.length * high + 4, t("words"), ticks, rows.map((row, k) => {
    const y = top + k * high + high / 2, open = endless(row.log_ratio_high) || row.log_ratio_high > most_, from = scale(endless(row.log_ratio_low) ? low_ : row.log_ratio_low), to = open ? right : scale(row.log_ratio_high), word = short(row.printed || row.term, 16);
    return hit("keyness." + row.row, `${plain(groupTitle(row.g))}: ${plain(row.printed || row.term)}, ${row.n_target} : ${row.n_reference}`, 0, y - high / 2, width, high, mark(row.g, 7, y, 5), named_ ? text(20, y + 4, wrap(brief(row.g), 74, 1, "12px")[0], "tick") : null, text(named_ ? 98 : 20, y + 4, wrap(word, left - (named_ ? 102 : 24), 1, "700 13.5px")[0], "lab b"), S("line", { x1: from, x2: to, y1: y, y2: y, class: "iv " + tint(row.g) }), open ? S("path", { d: `M${to - 6} ${y - 4}L${to} ${y}L${to - 6} ${y + 4}`, class: "iva " + tint(row.g) }) : null, mark(row.g, scale(row.log_ratio), y, 5, row.n_reference === 0), text(width - 2, y + 4, `${row.n_target} : ${row.n_reference}`, "tick", "end"));
  }));
}
const unitNow = (g) => D.units.find((one) => one.unit === (state.unit === "concept" ? "concept" : groupLang(g))) || D.units.find((one) => one.sizes[g]) || D.units[0];
function cellOf(unit, i, g) { const flat = unit.cells[i]; for (let k = 0; k < flat.length; k += 3) if (flat[k] === g) return [flat[k + 1], flat[k + 2]]; return [0, 0]; }
/** Two outlets side by side: counts of every word that one of them has. */
/** Of concepts compared across languages: how far each can be. */
const tiers = (unit) => new Map(unit.unit === "concept" ? rowsIn("keyness_concepts").map((row) => [row.term, row.tier]) : []);
function pairRows(unit, a, b) {
  const tier = groupLang(a) === groupLang(b) ? new Map() : tiers(unit);
  return unit.terms.map((term, i) => { const [n, articles] = cellOf(unit, i, a), [m, others] = cellOf(unit, i, b); return { row: i, g: -1, term, unit: unit.unit, lang: unit.unit, tier: tier.get(term) || "", n_a: n, n_b: m, articles_a: articles, articles_b: others }; }).filter((row) => row.n_a + row.n_b > 0).sort((x, y) => Math.abs(y.n_a / unit.sizes[a][1] - y.n_b / unit.sizes[b][1]) - Math.abs(x.n_a / unit.sizes[a][1] - x.n_b / unit.sizes[b][1]));
}
const setTable = (name, rows) => { T[name] = { rows, at: new Map(rows.map((row) => [row.row, row])) }; };
PLACES.pair = (row) => [pairNow()[0], pairNow()[1]].map((g) => ({ label: plain(groupTitle(g)), places: linesOf(row.unit, row.term, g) }));
PLACES.word = (row) => [{ places: linesOf(row.unit, row.term, row.g) }];
WANTED.pair = "term n_a n_b articles_a articles_b tier";
WANTED.word = "group term n articles times times_low times_high q tier note";
/** The columns of a table; the tier where rows have one. */
const withTier = (keys, rows) => keys.split(" ").filter((key) => key !== "tier" || rows.some((row) => row.tier));
function pairNow() { const [a, b] = String(state.pair || "").split(",").map(Number); return [a, b]; }
/** The map of two outlets: each word where its counts per 1,000 words put it. Positions only: nothing is tested here. */
function pairFigure(where, width, unit, a, b, rows) {
  const size_ = Math.min(width, 640), pad = 40, rate = (n, g) => (1000 * n) / unit.sizes[g][1], shown = rows.slice(0, 90);
  const rates = shown.flatMap((row) => [rate(row.n_a, a), rate(row.n_b, b)]).filter((x) => x > 0).map(Math.log2), low = Math.min(...rates) - 1.2, high = Math.max(...rates) + 0.3;
  const at = (n, g) => (n ? (Math.log2(rate(n, g)) - low) / (high - low) : 0), X = (row) => pad + at(row.n_b, b) * (size_ - pad - 20), Y = (row) => size_ - pad - at(row.n_a, a) * (size_ - pad - 20);
  const taken = [], spots = new Map();
  const dots = shown.map((row) => {
    let x = X(row), y = Y(row);
    const spot = [Math.round(x / 7), Math.round(y / 7)].join(), n = spots.get(spot) || 0;
    spots.set(spot, n + 1);
    if (n) { const r = 5 * Math.sqrt(n); x += r * Math.cos(2.4 * n); y += r * Math.sin(2.4 * n); }
    const word = short(termText(unit.unit, row.term), 14), wide = measure(word, "12px"), more = rate(row.n_a, a) > rate(row.n_b, b) ? a : b, left = x + 8 + wide > size_ ? x - 8 - wide : x + 8, box = [left - 2, y - 8, left + wide + 2, y + 8];
    const free = !taken.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]);
    if (free) taken.push(box);
    return hit("pair." + row.row, `${plain(termText(unit.unit, row.term))}: ${row.n_a} / ${row.n_b}`, x - 6, y - 6, 12, 12, mark(more, x, y, 4), free ? text(left, y + 4, word, "tick ink") : null);
  });
  return figure(where, t("fig_pair", { a: short(groupTitle(a), 30), b: short(groupTitle(b), 30) }), size_, size_, t("map"), line_(pad, size_ - pad, size_, size_ - pad, "axis"), line_(pad, 10, pad, size_ - pad, "axis"), S("line", { x1: pad, y1: size_ - pad, x2: size_ - 20, y2: 20, class: "grid" }), text(size_, size_ - 14, short(groupTitle(b), 30) + " →", "tick", "end"), text(4, 12, "↑ " + short(groupTitle(a), 30), "tick"), dots);
}
function drawWords(box) {
  const width = box.clientWidth, made = wordsFigure("words", width, 5);
  box.append(made || h("p", { class: "notice" }, t("no_words")));
  if (made) box.append(h("p", { class: "legend" }, h("span", {}, t("key_arrow")), h("span", {}, t("key_hollow"))));
  const target = GROUPS[+state.of] !== undefined && state.of !== "" ? +state.of : GROUPS.findIndex((_, g) => rowsIn("keyness").some((row) => row.g === g));
  if (target < 0 || !D.units.length) return;
  const unit = unitNow(target), [, b] = pairNow(), paired = state.pair && GROUPS[b] !== undefined && b !== target && unit.sizes[b] && unit.sizes[target];
  const others = GROUPS.map((_, g) => g).filter((g) => g !== target && unit.sizes[g]);
  const list = h("datalist", { id: "terms" }, unit.terms.slice(0, 400).map((term) => h("option", { value: termText(unit.unit, term) })));
  const find = h("input", { type: "search", id: "find", list: "terms", autocomplete: "off", value: state.term ? termText(unit.unit, state.term) : "", on: { change: () => { const wanted = find.value.trim().toLowerCase(); const i = wanted ? unit.terms.findIndex((term) => term.toLowerCase() === wanted || termText(unit.unit, term).toLowerCase() === wanted) : -1; if (!wanted) go({ term: "" }, true); else if (i >= 0) go({ term: unit.terms[i] }, true); else $("find-none").textContent = t("find_none", { n: whole(unit.terms.length) }); } } });
  const asked = Boolean(state.of || state.pair || state.term || state.unit || /^words\/(keyness|pair|word|simil)/.test(state.open || "")), all = h("details", { class: "rows", open: asked }, h("summary", {}, t("every_word")));
  box.append(all);
  all.append(h("div", { class: "controls" },
    select(D.by === "outlet" ? t("outlet") : t("group"), GROUPS.map((_, g) => [g, short(groupTitle(g), 40)]), target, (of) => go({ of, pair: state.pair ? of + "," + pairNow()[1] : "", open: "" }), { id: "side-a" }),
    select(t("against"), [["", t("rest_of_language")], ...others.map((g) => [g, short(groupTitle(g), 40)])], paired ? b : "", (g) => go({ of: String(target), pair: g === "" ? "" : target + "," + g, open: "" }), { id: "side-b" }),
    select(t("unit"), [["", t("unit_" + groupLang(target))], ...(D.units.some((one) => one.unit === "concept") ? [["concept", t("unit_concept")]] : [])], state.unit || "", (value) => go({ unit: value, term: "", open: "" }), { id: "unit" }),
    h("label", { class: "field" }, h("span", {}, t("find")), find, list)), h("p", { class: "quiet", id: "find-none", "aria-live": "polite" }));
  const reveals = {};
  if (state.term && unit.terms.includes(state.term)) {
    const i = unit.terms.indexOf(state.term), known = rowsIn(unit.unit === "concept" ? "keyness_concepts" : "keyness");
    setTable("word", GROUPS.map((_, g) => g).filter((g) => unit.sizes[g]).map((g) => { const [n, articles] = cellOf(unit, i, g), row = known.find((one) => one.g === g && one.term === state.term && one.reference === "(rest)"); return { ...(row || { q: null, note: "", log_ratio: null, log_ratio_low: null, log_ratio_high: null }), row: g, g, group: GROUPS[g], term: state.term, unit: unit.unit, lang: unit.unit, n, n_target: n, articles, n_reference: row ? row.n_reference : 1 }; }));
    const table = sortable("words", "word", withTier(WANTED.word, rowsIn("word")), rowsIn("word"), "group", termText(unit.unit, state.term));
    all.append(h("h3", { id: "term" }, said(termText(unit.unit, state.term), zhOf(termText(unit.unit, state.term)))), formsOf(unit, i) ?? "", table.element);
    reveals.word = table;
  }
  let name = unit.unit === "concept" ? "keyness_concepts" : "keyness", table;
  if (paired) {
    name = "pair";
    const rows = pairRows(unit, target, b);
    setTable("pair", rows);
    all.append(h("p", { class: "notice" }, t("pair_counted"), rows.some((row) => row.tier) ? " " + t("pair_across") : ""), pairFigure("words", width, unit, target, b, rows));
    table = sortable("words", "pair", withTier(WANTED.pair, rows), rows, "term", t("pair_table"));
  } else {
    const rows = rowsIn(name).filter((row) => row.g === target && row.reference === "(rest)");
    table = sortable("words", name, withTier("term n_target n_reference articles_target articles_reference times times_low times_high q tier note", rows), rows, "term", t("all_words"));
  }
  reveals[name] = table;
  all.append(h("h3", {}, paired ? t("pair_table") : t("all_words_of", { g: short(groupTitle(target), 40) })), table.element);
  const sure = rowsIn("similarity");
  if (sure.length) { const alike = sortable("words", "similarity", ["target", "reference", "cosine", "cosine_low", "cosine_high", "cosine_chance", "q", ...(sure.some((row) => row.left_out !== null && row.left_out !== undefined) ? ["reliable", "left_out"] : []), "note"], sure, "target", t("similarity")); reveals.similarity = alike; all.append(h("h3", {}, t("similarity")), alike.element); }
  REVEAL.words = (key) => { const drawn = [...$("words").querySelectorAll(".hit")].some((one) => one.dataset.open === key), found = reveals[key.split(".")[0]]; if (!drawn && found) { all.open = true; found.reveal(key); } };
}
/** The forms of a concept in both languages, as these texts have them. */
function formsOf(unit, i) {
  if (!unit.forms) return null;
  const flat = unit.forms[i], list = [];
  for (let k = 0; k < flat.length; k += 3) list.push(h("li", {}, said(flat[k + 1], flat[k]), " ", h("span", { class: "quiet" }, whole(flat[k + 2]))));
  return h("ul", { class: "chips", "aria-label": t("forms") }, list);
}

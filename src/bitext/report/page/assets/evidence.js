// What is behind a row: the places in the articles, for the row's own outlet.
const speechOf = (row) => {
  const forms = new Set([row.source, ...String(row.variants || "").split(";").map((one) => one.trim())].filter(Boolean)), s = D.evidence && D.evidence.speech, found = [];
  if (s) s.article.forEach((a, k) => { if (ART.group[a] === row.g && forms.has(s.sources[s.source[k]])) found.push([a, s.start[k], s.start[k] + s.length[k]]); });
  return found.length ? found : inTexts([...forms], row.g);
};
/** Where forms stand in what the page holds of an outlet's texts: for rows whose own places it does not hold. */
function inTexts(forms, g) {
  const found = [], wanted = forms.filter((form) => size(form) > 1);
  const look = (one, a, from) => { for (const form of wanted) for (let at = one.indexOf(form); at >= 0 && found.length < 60; at = one.indexOf(form, at + form.length)) { const start = from + size(one.slice(0, at)); found.push([a, start, start + size(form)]); } };
  ART.group.forEach((own, a) => {
    if (own !== g) return;
    if (ART.text[a] !== null) look(ART.text[a], a, 0);
    else { const parts = ART.parts[a] || []; for (let i = 0; i < parts.length; i += 2) look(parts[i + 1], a, parts[i]); }
  });
  return found;
}
const or = (places, forms, g) => (places.length || g < 0 ? places : inTexts(forms, g));
const unnamed = (g) => { const s = D.evidence && D.evidence.speech; return s ? s.article.flatMap((a, k) => (ART.group[a] === g && s.sources[s.source[k]] === "" ? [[a, s.start[k], s.start[k] + s.length[k]]] : [])) : []; };
const articlesOf = (story, g) => ART.story.flatMap((one, a) => (one === story && ART.group[a] === g ? [[a, 0, 0]] : []));
function linesOf(unitName, term, g) {
  const unit = D.units.find((one) => one.unit === unitName), i = unit ? unit.terms.indexOf(term) : -1;
  return i < 0 ? [] : triples(unit.lines[i]).filter(([a]) => g === null || ART.group[a] === g);
}
/** A text that an outlet printed again counts once; all its places are shown. */
const counted = (places, n) => ({ places, say: places.length > n ? t("printed_again", { n, of: places.length }) : null });
/** The article of a silent outlet that comes nearest to the story. */
const nearTo = (row) => (row.nearest >= 0 ? [{ label: t("nearest", { g: short(groupTitle(row.g) ?? row.outlet, 40) }), places: [[row.nearest, 0, 0]], other: true }] : []);
/** Places of a row by its table: lists with a label each. */
const PLACES = {
  groups: (row) => [{ places: ART.group.flatMap((g, a) => (g === row.g ? [[a, 0, 0]] : [])) }],
  stories: (row) => [{ places: row.article >= 0 ? [[row.article, 0, 0]] : [] }],
  coverage: (row) => (row.n ? [{ places: articlesOf(row.story, row.g) }] : [{ places: [], say: t("no_article") }, { label: t("others_wrote"), places: GROUPS.flatMap((_, g) => (g === row.g ? [] : articlesOf(row.story, g))) }, ...nearTo(row)]),
  naming: (row) => [{ places: row.n ? or(triples(D.names[row.referent + " " + row.label]).filter(([a]) => ART.group[a] === row.g), String(row.surfaces || "").split(" · ").map((one) => one.replace(/ \d+$/, "")), row.g) : [] }],
  sources: (row) => [{ places: speechOf(row) }],
  actors: (row) => [{ places: rowsIn("sources").filter((one) => one.g === row.g && (row.actor === "all" || one.actor === row.actor)).flatMap(speechOf).concat(row.actor === "anonymous" || row.actor === "all" ? unnamed(row.g) : []) }],
  statement_summary: (row) => [{ places: triples(D.statements.said && D.statements.said[row.statement]) }],
  omissions: (row) => {
    const said = triples(D.statements.said && D.statements.said[row.statement]), near = triples(D.statements.nearest && D.statements.nearest[row.row]);
    return [{ label: t("others_wrote"), places: said.filter(([a]) => ART.group[a] !== row.g) }, { label: t("nearest", { g: short(groupTitle(row.g) ?? row.outlet, 40) }), places: near, say: near.length ? null : t("nearest_none"), other: true }];
  },
  omission_rates: (row) => { const rows = rowsIn("omissions").filter((one) => one.g === row.g && one.verdict === "omitted"); return [{ label: t("others_wrote"), places: rows.flatMap((one) => triples(D.statements.said && D.statements.said[one.statement]).slice(0, 1)) }]; },
  duplicates: (row) => { const a = D.passages.article[row.row], b = D.passages.nearest[row.row]; return [{ places: [b, a].filter((one) => one >= 0).map((one) => [one, 0, 0]), passages: D.passages.passages[row.row] }]; },
  keyness: (row) => [counted(row.n_target ? or(linesOf(row.lang, row.term, row.g), [row.term], row.g) : [], row.n_target)],
  keyness_concepts: (row) => [{ places: linesOf("concept", row.term, row.g) }],
  keywords: (row) => [{ places: linesOf(row.lang, row.term, row.g) }],
  stance: (row) => {
    if (row.feature === "attributions_per_sentence") return [{ places: rowsIn("sources").filter((one) => one.g === row.g).flatMap(speechOf).concat(unnamed(row.g)) }];
    const e = D.evidence && D.evidence.tone, found = [], wanted = { anon_share: "anon_source", quote_share: "quote" }[row.feature] ?? row.feature;
    if (e) e.article.forEach((a, k) => { if (ART.group[a] === row.g && ART.lang[a] === row.lang && e.features[e.feature[k]] === wanted && (row.voice !== "outlet" || e.voices[e.voice[k]] === "outlet")) found.push([a, e.start[k], e.start[k] + e.length[k]]); });
    return [{ places: found, say: row.hits === 0 ? t("no_hit") : null }];
  },
  // Sentences that name the country; of likeness, the words that both write most.
  polarity: (row) => [{ places: linesOf("concept", row.toward, row.g).filter(([a]) => ART.lang[a] === row.lang) }],
  similarity: () => [{ places: [], say: t("likeness_is") }],
  glossary: (row) => [{ places: triples(D.pairs[row.row]) }],
  naming_candidates: (row) => [{ places: GROUPS.flatMap((_, g) => inTexts([row.name_a, row.name_b], g)).filter(([a]) => ART.lang[a] === row.lang) }],
};
/** Columns that a reader wants of a row. */
const WANTED = {
  groups: "group articles words languages first_date last_date",
  stories: "story outlet date title", coverage: "outlet n expected p q note", naming: "group referent label n of share low high note", sources: "group source attributions articles group_size", actors: "group actor share low high others articles group_size q",
  omissions: "outlet verdict peers peers_total", omission_rates: "outlet omitted statements rate expected low high note", statement_summary: "outlets speakers figures disagreement", duplicates: "outlet date title relation agency hours containment",
  keyness: "target term n_target n_reference articles_target articles_reference times times_low times_high q note", keyness_concepts: "target term n_target n_reference articles_target articles_reference times times_low times_high q tier note", keywords: "group term n articles",
  stance: "group feature value low high hits articles group_size note", similarity: "target reference cosine cosine_low cosine_high reliable corrected unknown left_out note", polarity: "group toward value low high clauses note", glossary: "zh en n articles outlets confidence variants",
  naming_candidates: "name_a name_b evidence n_a n_b group_a group_b difference shared",
};
/** The article of a row that is about one; −1 where it is not on the page. */
const articleOf = (name, row) => (name === "stories" ? row.article : name === "duplicates" && D.passages ? D.passages.article[row.row] ?? -1 : -1);
/** When an article appeared: day, hour and the zone of its clock; of a bare date that it is one. */
function when(a) {
  if (!ART.date[a]) return t("undated");
  const hour = ART.date[a].slice(11);
  return dayName(ART.date[a]) + (hour ? ` ${hour} ${ART.zone[a] || t("zone_unknown")}` : ` (${t("day_only")})`);
}
/** The value of a cell: numbers as they stand in the table; log ratios as how many times. */
function valueOf(row, key) {
  const log = { times: "log_ratio", times_low: "log_ratio_low", times_high: "log_ratio_high" }[key];
  if (!log) return row[key];
  const x = row[log];
  return key === "times" && !row.n_reference ? null : x === null || x === undefined ? null : Math.abs(x) > 1e299 ? (x > 0 ? Infinity : 0) : 2 ** x;
}
function cellText(name, row, key) {
  const value = valueOf(row, key);
  if (value === null || value === undefined || value === "") return key === "times" && row.n_target && !row.n_reference ? t("only_here") : key.startsWith("times") ? "–" : "";
  if (key === "note") return noteText(value);
  if (key === "label") return labelName(row);
  if (key === "referent" || key === "toward") return labelOf(value);
  // Of a group in which nothing says who was earlier none is the first.
  if (key === "relation" && value === "origin" && rowsIn("duplicates").some((one) => one.cluster === row.cluster && one.row !== row.row && !one.sure)) return named("relations", "unknown");
  if (["actor", "feature", "kind", "relation", "verdict", "disagreement", "voice", "tier"].includes(key)) return named({ tier: "tiers", actor: "actors", feature: "features", kind: "kinds", relation: "relations", verdict: "verdicts", disagreement: "disagreements", voice: "whose" }[key], value);
  if (key === "lang") return t(value);
  if (key === "source" && row.printed) return row.printed;
  if (key === "term") return termText(name === "keyness_concepts" ? "concept" : row.lang, value, row);
  if (key === "story") return storyName(value);
  if (key === "date") { const a = articleOf(name, row); return a >= 0 ? when(a) : dayName(value) + String(value).slice(10); }
  if (key.startsWith("times")) return value === Infinity ? "∞" : ratio(value) + "×";
  if (["share", "rate", "expected", "others", "containment", "reliable", "corrected", "unknown", "left_out"].includes(key) && name !== "coverage") return percent(value);
  if (["low", "high"].includes(key) && ["naming", "actors", "omission_rates", "sources"].includes(name)) return percent(value);
  if (key === "p" || key === "q") return small_p(value);
  return typeof value === "number" ? num(value) : value;
}
function rowEvidence(key) {
  const [name, number] = key.split("."), row = T[name].at.get(+number);
  return { table: name, rows: [row], lists: PLACES[name](row) };
}
function findingEvidence(i) {
  const f = D.findings, name = f.table[i], rows = f.rows[i].map((row) => T[name] && T[name].at.get(row)).filter(Boolean);
  let lists;
  // A name, and a gap in coverage: the first row is what the sentence says, the others what it is held against.
  if (name === "naming") lists = PLACES.naming(rows[0]);
  else if (name === "coverage" && rows.some((row) => row.n)) lists = [{ places: rows.filter((row) => row.n).flatMap((row) => articlesOf(row.story, row.g)) }, ...rows.filter((row) => !row.n).flatMap(nearTo)];
  else if (name === "coverage") lists = [{ label: t("others_wrote"), places: [...new Set(rows.map((row) => row.story))].slice(0, 12).flatMap((story) => GROUPS.flatMap((_, g) => articlesOf(story, g))) }, ...nearTo(rows.at(-1))];
  // Of several stories each place says on which it is.
  else if (name === "stories" && new Set(rows.map((row) => row.story)).size > 1) lists = [...new Set(rows.map((row) => row.story))].map((story) => ({ label: storyName(story), places: rows.filter((row) => row.story === story).flatMap((row) => PLACES.stories(row)[0].places) }));
  else lists = rows.flatMap((row) => PLACES[name](row));
  return { table: name, rows, of: f.rows[i].length, lists, note: f.note[i] };
}
const FIRST_PLACES = 12;
/** Whether the page holds the sentence of a place: those come first. */
const held = ([a, start, end]) => Number(end <= start || Boolean(stretch(a, start)));
function panel({ table, rows, of, lists, note }) {
  const head = (WANTED[table] || "").split(" ").filter((key) => rows.some((row) => { const value = valueOf(row, key); return value !== null && value !== undefined && value !== ""; }));
  const columns = head.map((key) => named("columns", key));
  const parts = lists.map((list) => {
    const seen = new Set(), all = list.places.filter((one) => { const id = one.join(); return seen.has(id) ? false : seen.add(id); }), kept = all.filter(([a]) => passes(a)).sort((x, y) => held(y) - held(x));
    if (!all.length && !list.say) return null;
    const shown = h("ul", { class: "evs" }), more = h("div", { class: "more" });
    const draw = (n) => { shown.replaceChildren(...kept.slice(0, n).map((one) => quote(...one, list.other)).filter(Boolean)); more.replaceChildren(...(kept.length > n ? [button(t("show_more", { n: kept.length - n }), () => draw(kept.length))] : [])); };
    draw(FIRST_PLACES);
    return [list.label ? h("h3", { class: "sub" }, list.label) : null, list.say ? h("p", { class: "quiet" }, list.say) : null, kept.length < all.length ? h("p", { class: "quiet" }, t("places_filtered", { n: kept.length, of: all.length })) : null, list.passages ? difference(list.passages) : null, shown, more];
  });
  const none = !lists.some((list) => list.places.length || list.say);
  return h("div", { class: "behind", "aria-live": "polite", "data-explained": lists.every((list) => !list.places.length && list.say) },
    h("p", { class: "quiet" }, t("behind", { n: whole(rows.length), table }), of > rows.length ? " " + t("behind_more", { of: whole(of) }) : "", note ? " · " + noteText(note) : ""),
    small(t("rows"), columns, rows.slice(0, 24).map((row) => head.map((key) => { const value = cellText(table, row, key); return said(clip(value, key === "title" || key === "story" ? 400 : 160), zhOf(String(value))); }))),
    parts, none ? h("p", { class: "quiet" }, t("no_places")) : null,
    h("p", { class: "tablehead" }, button("CSV", () => download(table, [head, ...rows.map((row) => head.map((key) => valueOf(row, key)))]), { class: "plain csv", "aria-label": "CSV: " + t("rows") }), button(t("close"), closeOpen, { class: "close" })));
}
/** A sentence with the place marked, whose it is and when. */
function quote(a, start, end, none) {
  const body = end > start ? line(a, start, end, ART.lang[a] === "en" ? 170 : 80) : null;
  // A place whose sentence had no room on the page is an address: the article, and where it was printed.
  const away = end > start && !body, there = away && link(ART.url[a], t("open_source"));
  return h("li", { class: "ev" + (none ? " none" : "") }, h("div", { class: "who" }, h("span", {}, glyph(ART.group[a]), " ", group(ART.group[a])), h("time", {}, when(a))), body, away ? h("p", { class: "quiet away" }, t("away"), there ? [" ", there] : null) : null, h("p", { class: "from" }, articleButton(a, start, end, said(clip(title(a), 400), ART.lang[a]))));
}
/** Two texts passage by passage: what was cut is struck through, what is new underlined. */
function difference(flat) {
  const made = h("div", { class: "difference" });
  for (let i = 0; i < flat.length; i += 3) {
    const [kind, one, two] = flat.slice(i, i + 3);
    if (kind === "same" || kind === "kept" || kind === "moved") made.append(h("span", { class: kind === "moved" ? "moved" : null }, said(two || one)), " ");
    else { if (one) made.append(h("del", {}, said(one)), " "); if (two) made.append(h("ins", {}, said(two)), " "); }
  }
  return made;
}

// The page: masthead, filter, sections; language, colours, print.
const SECTIONS = [
  ["findings", drawFindings, F.en.length], ["stories", drawStories, BY_OUTLET && rowsIn("coverage").length && D.titles.story], ["names", drawNames, rowsIn("naming").length || rowsIn("glossary").length], ["voices", drawVoices, rowsIn("sources").length],
  ["left", drawLeft, BY_OUTLET && rowsIn("omissions").length], ["words", drawWords, D.units.length && rowsIn("keywords").length], ["tone", drawTone, rowsIn("stance").length && toneFeatures().length], ["copies", drawCopies, BY_OUTLET && D.passages], ["know", drawKnow, true],
].filter(([, , there]) => there);
/** The tables that a section saves as CSV: the one that it is made of, then further ones. */
const TABLES_OF = { findings: ["findings"], stories: ["coverage"], names: ["naming", "glossary"], voices: ["sources", "actors"], left: ["omissions", "omission_rates", "statement_summary"], words: ["keyness", "keyness_concepts", "keywords"], tone: ["stance"], copies: ["duplicates"] };
const tableOf = (name) => (name === "findings" ? D.findings : D.tables[name]);
function saveCsv(name) {
  const cells = tableOf(name);
  const keys = Object.keys(cells).filter((key) => key !== "group" || !cells.outlet);
  download(name, [keys, ...cells[keys[0]].map((_, i) => keys.map((key) => { const value = cells[key][i]; return Array.isArray(value) ? value.join(" ") : Math.abs(value) > 1e299 ? (value > 0 ? "inf" : "-inf") : value; }))]);
}
function toolbar(id) {
  if (!TABLES_OF[id]) return null;
  const how = h("p", { class: "how", id: id + "-how", hidden: true }, t("how_" + id));
  const section = () => $(id), name = "bitext " + id;
  const [main, ...further] = TABLES_OF[id].filter((table) => tableOf(table));
  const tools = [button("CSV", () => saveCsv(main), { class: "plain csv" }), ...further.map((table) => button("CSV: " + table, () => saveCsv(table), { class: "plain csv-more", "data-table": table })), button("SVG", () => saveSvg(name, section()), { class: "plain svg" }), button("PNG", () => savePng(name, section()), { class: "plain png" }),
    button(t("link"), (event) => { go({ s: id }); navigator.clipboard?.writeText(location.href).catch(() => {}); event.target.textContent = t("link_made"); }, { class: "plain link" }),
    button(t("how"), (event) => { how.hidden = !how.hidden; event.target.setAttribute("aria-expanded", String(!how.hidden)); }, { class: "plain howto", "aria-expanded": "false", "aria-controls": id + "-how" })];
  tools.forEach((one, i) => { if (i) one.tabIndex = -1; });
  const bar = h("div", { class: "sectools", role: "toolbar", "aria-label": t("tools_of", { s: t("s_" + id) }) }, tools);
  roving(bar, tools);
  return [bar, how];
}
function redraw(id) {
  const found = SECTIONS.find(([name]) => name === id);
  if (!found) return;
  const box = $(id).querySelector(".body"), kept = document.activeElement && document.activeElement.closest("#" + id + " label"), place = kept ? [...box.querySelectorAll("label")].indexOf(kept) : -1;
  box.replaceChildren();
  found[1](box);
  filtered(); reachable();
  if (place >= 0) box.querySelectorAll("label")[place]?.querySelector("select, input")?.focus({ preventScroll: true });
  if (state.open && state.open.startsWith(id + "/")) showOpen();
}
/** What scrolls sideways and holds nothing to focus can be reached by key. */
function reachable() {
  for (const box of document.querySelectorAll(".across")) {
    const needs = box.scrollWidth > box.clientWidth + 1 && !box.querySelector("button, [tabindex='0']:not(.across)");
    if (needs) { box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", box.querySelector("caption, svg")?.textContent.slice(0, 60) || t("rows")); }
  }
}
/** How many groups: 6 weeks, 6周. */
function groupsInAll(n) {
  const [one, noun, measure] = D.noun;
  if (state.lang === "zh") return whole(n) + (D.by === "day" || measure.endsWith(noun) ? measure : measure + noun);
  return `${whole(n)} ${n === 1 ? one : /[^aeiou]y$/.test(one) ? one.slice(0, -1) + "ies" : one + "s"}`;
}
function titleText() {
  const n = GROUPS.filter((one) => one !== "(none)").length || 1, stories = (D.titles.story || []).length, total = Object.values(ART.all).reduce((x, y) => x + y, 0);
  if (D.title) return D.title;
  const groups = D.by === "outlet" ? t(n === 1 ? "outlet_1" : "outlets_n", { n: whole(n) }) : groupsInAll(n);
  return stories && BY_OUTLET ? t("title_stories", { groups, n: whole(D.sizes.stories ? storiesInAll() : stories) }) : t("title_articles", { groups, n: whole(total) });
}
const storiesInAll = () => (D.titles.total ?? D.titles.story.length);
function deck() {
  const all = Object.entries(ART.all), total = all.reduce((n, [, x]) => n + x, 0), dates = [...D.groups.first_date, ...D.groups.last_date].filter(Boolean).map((one) => one.slice(0, 10)).sort();
  const span = dates.length ? daySpan(dates[0], dates.at(-1)) : "";
  return [t(total === 1 ? "article_1" : "articles_n", { n: whole(total) }) + (all.length > 1 ? (state.lang === "zh" ? "（" : " (") + all.map(([lang, n]) => t("n_in", { n: whole(n), lang: t(lang) })).join(state.lang === "zh" ? "，" : ", ") + (state.lang === "zh" ? "）" : ")") : ""), span].filter(Boolean).join(state.lang === "zh" ? "，" : ", ");
}
function masthead() {
  const keys = GROUPS.slice(0, 40).map((_, g) => button([glyph(g), h("span", {}, group(g), h("small", {}, t(D.groups.articles[g] === 1 ? "article_1" : "n_articles", { n: whole(D.groups.articles[g]) })))], () => { const off = hidden(); off.has(g) ? off.delete(g) : off.add(g); go({ hide: [...off].sort((x, y) => x - y).join(",") }); }, { class: "key", "data-key": g, "aria-pressed": "true", tabindex: g ? "-1" : "0" }));
  const row = h("div", { class: "keys", role: "toolbar", "aria-label": t("filter_outlets") }, keys);
  roving(row, keys);
  return h("div", { class: "mast" }, h("div", { class: "hd" }, h("h1", {}, said(titleText(), zhOf(titleText()))), h("p", { class: "deck" }, deck())), h("div", { class: "selection" }, row, h("div", { id: "filters" })), h("div", { id: "filter-note", "aria-live": "polite" }));
}
function redrawFilter() {
  const dates = ART.date.filter(Boolean).map((one) => one.slice(0, 10)).sort(), bounds = { min: dates[0], max: dates.at(-1) };
  const date = (label, key) => h("label", { class: "field" }, h("span", {}, label), h("input", { type: "date", value: state[key] || null, ...bounds, on: { change: (event) => go({ [key]: event.target.value }) } }));
  $("filters").replaceChildren(h("details", { class: "filter", open: Boolean(state.story || state.from || state.to) }, h("summary", {}, t("filter")), h("div", { class: "controls" },
    D.titles.story && BY_OUTLET ? select(t("story"), [["", t("all_stories")], ...D.titles.story.slice(0, 60).map((id) => [id, short(storyName(id), 60)])], state.story || "", (story) => go({ story })) : null, dates.length ? date(t("from"), "from") : null, dates.length ? date(t("to"), "to") : null)));
}
/** One stop for the tabulator: the arrows go from one to the next. */
function roving(box, all) {
  box.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key], at = all.indexOf(event.target.closest("a, button"));
    if (!step || at < 0) return;
    const next = all[(at + step + all.length) % all.length];
    all[at].tabIndex = -1; next.tabIndex = 0; next.focus(); event.preventDefault();
  };
}
function drawPage() {
  const y = window.scrollY;
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  for (const one of document.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", t(one.dataset.label));
  $("language").textContent = state.lang === "zh" ? "English" : "中文";
  $("language").lang = state.lang === "zh" ? "en" : "zh";
  document.title = titleText() + " · bitext";
  $("contents").setAttribute("aria-label", t("contents"));
  $("contents").replaceChildren(h("ul", {}, SECTIONS.map(([id], i) => h("li", {}, h("a", { tabindex: i ? "-1" : null, href: address({ s: id, f: "", open: "" }), on: { click: (event) => { event.preventDefault(); if (state.s === id) { $(id).scrollIntoView(); $(id).querySelector("h2").focus({ preventScroll: true }); } else go({ s: id }, true); } } }, t("s_" + id))))));
  roving($("contents"), [...$("contents").querySelectorAll("a")]);
  $("page").replaceChildren(masthead(), ...SECTIONS.map(([id]) => h("section", { id, "aria-labelledby": id + "-title", class: "sec" }, h("header", {}, h("h2", { id: id + "-title", tabindex: "-1" }, t("s_" + id)), id === "findings" ? null : h("p", { class: "lede" }, t("lede_" + id))), h("div", { class: "body" }), toolbar(id))));
  redrawFilter();
  for (const [id, draw] of SECTIONS) draw($(id).querySelector(".body"));
  $("foot").replaceChildren(h("p", {}, t("made", { version: D.version }), " ", t("sources")));
  theme(); filtered(); showOpen();
  window.scrollTo(0, y);
}
const dark = () => (state.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
function theme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme; else delete document.documentElement.dataset.theme;
  $("theme").textContent = t(dark() ? "light" : "dark");
}
$("language").addEventListener("click", () => go({ lang: state.lang === "zh" ? "en" : "zh" }));
$("theme").addEventListener("click", () => go({ theme: dark() ? "light" : "dark" }));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme);
// On paper all of a kind is there, on white.
window.addEventListener("beforeprint", () => { document.documentElement.dataset.theme = "light"; for (const one of document.querySelectorAll("details.fact")) one.open = true; });
window.addEventListener("afterprint", theme);
$("reader").addEventListener("click", (event) => { if (event.target === $("reader")) $("reader").close(); });
let drawnAt = 0;
new ResizeObserver(() => { const width = $("page").clientWidth; if (drawnAt && Math.abs(width - drawnAt) > 8) { drawnAt = width; drawPage(); } drawnAt = width; }).observe($("page"));
Object.assign(state, readAddress());
drawPage();
if (state.f || state.open) (document.querySelector(".behind")?.closest(".card, .sec") ?? document.body).scrollIntoView({ block: "start" });
else if (state.s && $(state.s)) $(state.s).scrollIntoView();

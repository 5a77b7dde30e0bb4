// The page: sections whose data is there, the language and the colours.
function drawRun(box) {
  const run = D.run, p = run.parameters || {}, v = run.versions || {};
  const facts = (map) => h("dl", { class: "facts" }, Object.entries(map).map(([key, value]) => [h("dt", {}, said(key)), h("dd", {}, said(typeof value === "object" ? JSON.stringify(value) : value))]));
  box.append(h("p", { class: "lead" }, t("run_lead")), h("div", { class: "columns" }, h("div", {}, h("h4", {}, t("parameters")), facts(p)), h("div", {}, h("h4", {}, t("versions")), facts({ bitext: run.bitext || D.version, ...v })), h("div", {}, h("h4", {}, t("tables")), facts(D.tables))),
    h("details", {}, h("summary", {}, t("full_record")), h("pre", {}, pieces(JSON.stringify(run, null, 1)))));
}
const drawMapSection = (box) => { if (!UNITS.length) return; drawMap(box); };
const SECTIONS = [
  ["findings", drawFindings, D.findings], ["stories", drawStories, D.stories], ["map", drawMapSection, UNITS.some((unit) => unit.groups.length > 1)], ["keyness", drawKeyness, D.keyness && D.keyness.target || D.keyness_concepts],
  ["keywords", drawKeywords, D.keywords.term && D.keywords.term.length], ["naming", drawNaming, D.naming], ["glossary", drawGlossary, D.glossary], ["stance", drawStance, D.stance], ["similarity", drawSimilarity, D.similarity], ["copies", drawCopies, D.copies], ["read", drawCorpus, true], ["run", drawRun, true],
].filter(([, , there]) => there);

function redraw(id) {
  const [, draw] = SECTIONS.find(([name]) => name === id), box = $(id).querySelector(".body"), kept = document.activeElement && document.activeElement.closest("#" + id + " label");
  const place = kept ? [...box.querySelectorAll("label")].indexOf(kept) : -1;
  box.replaceChildren();
  draw(box);
  if (place >= 0) box.querySelectorAll("label")[place]?.querySelector("select, input")?.focus({ preventScroll: true });
}
function headline() {
  const dates = [...D.groups.first_date, ...D.groups.last_date].filter(Boolean).map((d) => d.slice(0, 10)).sort();
  const n = GROUPS.length, m = Object.values(ART.all).reduce((x, y) => x + y, 0);
  const groups = D.by === "outlet" ? (n === 1 ? t("outlet_1") : t("outlets_n", { n: whole(n) })) : t("groups_n", { n: whole(n) });
  const text = t("headline", { groups, articles: m === 1 ? t("article_1") : t("articles_n", { n: whole(m) }) });
  document.title = text + " · bitext";
  const span = dates.length ? dates[0] + (dates.at(-1) !== dates[0] ? " – " + dates.at(-1) : "") : "";
  // What is beyond chance makes the headline; else the page says what it is.
  const lead = (D.findings || []).find((one) => one.strength === "beyond chance" && one.kind !== "words");
  const names = h("p", { class: "names" }, GROUPS.slice(0, 24).map((_, g) => h("span", {}, h("i", { class: "dot " + outletClass(g), "aria-hidden": "true" }), " ", group(g))));
  return h("div", { class: "headline" }, h("p", { class: "kicker" }, lead ? text : "bitext"), h("h1", {}, lead ? said(lead[state.lang].replace(/[.。]$/, ""), state.lang) : text), span ? h("p", { class: "standfirst" }, span) : null, names);
}
function drawPage() {
  const y = window.scrollY;
  document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
  for (const one of document.querySelectorAll("[data-t]")) one.textContent = t(one.dataset.t);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", t(one.dataset.label));
  for (const one of document.querySelectorAll("[data-lang]")) one.setAttribute("aria-pressed", String(one.dataset.lang === state.lang));
  $("contents").setAttribute("aria-label", "bitext");
  $("contents").replaceChildren(h("ul", {}, SECTIONS.map(([id]) => h("li", {}, h("a", { href: "#" + id }, t(id))))));
  $("page").replaceChildren(headline(), ...SECTIONS.map(([id]) => h("section", { id, "aria-labelledby": id + "-title", class: "section" }, h("h2", { id: id + "-title" }, t(id)), h("div", { class: "body" }), id === "map" ? h("aside", { id: "term", class: "panel term", "aria-live": "polite" }) : null)));
  for (const [id, draw] of SECTIONS) draw($(id).querySelector(".body"));
  showTerm();
  $("foot").replaceChildren(h("p", {}, t("made", { version: D.version })), h("p", {}, t("sources")));
  themeButton();
  window.scrollTo(0, y);
}
const dark = () => (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
function themeButton() { $("theme").textContent = t(dark() ? "light" : "dark"); }
for (const one of document.querySelectorAll("[data-lang]")) one.addEventListener("click", () => { state.lang = one.dataset.lang; drawPage(); });
$("theme").addEventListener("click", () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; themeButton(); paint(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { themeButton(); paint(); });
$("print").addEventListener("click", () => window.print());
let before;
window.addEventListener("beforeprint", () => { before = document.documentElement.dataset.theme; document.documentElement.dataset.theme = "light"; paint(); });
window.addEventListener("afterprint", () => { if (before) document.documentElement.dataset.theme = before; else delete document.documentElement.dataset.theme; paint(); });
$("reader").addEventListener("click", (event) => { if (event.target === $("reader")) $("reader").close(); });
new ResizeObserver(() => paint()).observe($("page"));
drawPage();
if (D.findings && readAddress() !== null) $("finding-" + state.finding).scrollIntoView({ block: "center" });

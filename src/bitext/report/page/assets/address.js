// State and address: what is open, the filter, the pair, the word. Opening adds to the history, filters replace.
const KEYS = ["lang", "theme", "f", "open", "hide", "story", "from", "to", "ref", "of", "pair", "unit", "term", "s"];
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1)), found = {};
  for (const key of KEYS) found[key] = given.get(key) || "";
  if (!["zh", "en"].includes(found.lang)) found.lang = state.lang || ((navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en");
  if (!["dark", "light"].includes(found.theme)) found.theme = state.theme || "";
  return found;
}
function address(changes) {
  const made = new URLSearchParams();
  for (const key of KEYS) { const value = key in changes ? changes[key] : state[key]; if (value) made.set(key, value); }
  // What is told by the browser itself need not stand in the address unless it was chosen.
  return "#" + made.toString().replace(/%2C/g, ",").replace(/%2F/g, "/").replace(/%3A/g, ":");
}
/** Change the state and the address; *push*: so that Back returns. */
function go(changes, push) {
  const before = { ...state };
  Object.assign(state, changes);
  const made = address({});
  if (made !== (location.hash || "#")) history[push ? "pushState" : "replaceState"](null, "", made);
  show(before);
}
/** Show what the address says; *before* is what is on the screen. */
function show(before) {
  if (before.lang !== state.lang) { drawPage(); return; }
  if (before.theme !== state.theme) theme();
  for (const [id, keys] of Object.entries(DEPENDS)) if (keys.some((key) => before[key] !== state[key])) redraw(id);
  filtered();
  if (before.f !== state.f || before.open !== state.open || !document.querySelector(".behind") !== !(state.f || state.open)) showOpen();
  if (before.s !== state.s && state.s && $(state.s)) { const at = $(state.s).querySelector("h2"); $(state.s).scrollIntoView({ block: "start" }); at.focus({ preventScroll: true }); }
}
const DEPENDS = { names: ["ref"], words: ["of", "pair", "unit", "term"] };
window.addEventListener("popstate", () => { const before = { ...state }; Object.assign(state, readAddress()); show(before); });
window.addEventListener("hashchange", () => { const found = readAddress(); if (KEYS.some((key) => (found[key] || "") !== (state[key] || ""))) { const before = { ...state }; Object.assign(state, found); show(before); } });

// The filter dims marks and drops places; it computes nothing anew.
const hidden = () => new Set(String(state.hide || "").split(",").filter(Boolean).map(Number));
const filtering = () => Boolean(state.hide || state.story || state.from || state.to);
function passes(a) {
  if (hidden().has(ART.group[a])) return false;
  if (state.story && String(ART.story[a]) !== state.story) return false;
  const d = (ART.date[a] || "").slice(0, 10);
  return !(state.from && (!d || d < state.from)) && !(state.to && (!d || d > state.to));
}
function filtered() {
  const off = hidden();
  for (const one of document.querySelectorAll("[data-g]")) {
    const story = one.dataset.story, a = one.dataset.a;
    one.classList.toggle("dim", off.has(+one.dataset.g) || Boolean(state.story && story !== undefined && story !== state.story) || (a !== undefined && !passes(+a)));
  }
  for (const one of document.querySelectorAll(".key")) one.setAttribute("aria-pressed", String(!off.has(+one.dataset.key)));
  document.documentElement.classList.toggle("filtered", filtering());
  const bar = $("filter-note");
  if (bar) bar.replaceChildren(...(filtering() ? [h("p", {}, t("filter_on"), " ", button(t("filter_clear"), () => { go({ hide: "", story: "", from: "", to: "" }); redrawFilter(); }, { class: "plain" }))] : []));
  for (const one of document.querySelectorAll(".st [data-strength]")) one.textContent = filtering() ? t("filtered_strength") : named("strengths", one.dataset.strength);
}

// Opening: one place at a time, beneath what was clicked.
let opener = null;
function openRow(where, key) {
  const open = where + "/" + key;
  opener = [where, key];
  go(state.open === open ? { open: "", f: "" } : { open, f: "" }, true);
}
function openFinding(i) { opener = ["f", i]; go(state.f === String(i) ? { f: "", open: "" } : { f: String(i), open: "" }, true); }
function closeOpen() { const was = opener; go({ f: "", open: "" }, true); if (was) openerElement(was)?.focus({ preventScroll: true }); }
function openerElement([where, key]) {
  if (where === "f") return document.querySelector(`[data-finding="${key}"]`);
  const box = $(where);
  return box && [...box.querySelectorAll("[data-open]")].find((one) => one.dataset.open === key);
}
function showOpen() { placeOpen(); reachable(); }
function placeOpen() {
  for (const old of document.querySelectorAll(".behind")) (old.closest("tr.opened") || old).remove();
  for (const one of document.querySelectorAll("[aria-expanded='true'][data-open], [aria-expanded='true'][data-finding]")) one.setAttribute("aria-expanded", "false");
  for (const one of document.querySelectorAll(".hit.on")) one.classList.remove("on");
  if (state.f && D.findings && D.findings.en[+state.f] !== undefined) {
    const i = +state.f;
    revealFinding(i);
    const item = document.querySelector(`[data-finding="${i}"]`);
    opener = ["f", i];
    item.setAttribute("aria-expanded", "true");
    item.closest("[data-slot]").append(panel(findingEvidence(i)));
    return;
  }
  const [where, key] = String(state.open || "").split(/\/(.*)/s);
  if (!key || !$(where) || !rowOfKey(key)) return;
  REVEAL[where]?.(key);
  opener = [where, key];
  const element = openerElement(opener), made = panel(rowEvidence(key));
  if (!element) { ($(where).querySelector(".body") || $(where)).append(made); return; }
  if (element.classList.contains("hit")) element.classList.add("on"); else element.setAttribute("aria-expanded", "true");
  const line = element.closest("tr");
  if (line) line.after(h("tr", { class: "opened" }, h("td", { colspan: line.children.length }, made)));
  else element.closest("[data-slot]").after(made);
}
/** Sections put here how to bring a row into sight: section -> function(key). */
const REVEAL = {};
window.addEventListener("keydown", (event) => { if (event.key === "Escape" && (state.f || state.open) && !$("reader").open) { event.preventDefault(); closeOpen(); } });

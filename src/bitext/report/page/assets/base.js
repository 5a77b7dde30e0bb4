// Data, state, elements, numbers. Text from the data reaches the document as text nodes only.
const D = JSON.parse(document.getElementById("data").textContent);
/** A column whose texts come once each, with the numbers of them, as a plain list. */
const unpacked = (column) => (Array.isArray(column) ? column : column.of.map((one, i) => column.is[one] + (column.and ? column.and[i] : "")));
const unpack = (cells) => { for (const key of Object.keys(cells)) if (cells[key] && cells[key].is) cells[key] = unpacked(cells[key]); };
Object.values(D.tables).forEach(unpack);
unpack(D.articles);
const GROUPS = D.groups.name;
const ART = D.articles;
const state = {};
const $ = (id) => document.getElementById(id);

function t(key, values = {}) {
  const text = WORDS[state.lang][key] ?? WORDS.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}
/** The same with an element in place of {name}. */
function around(key, name, element) {
  const [before, after] = t(key, { [name]: "\u0001" }).split("\u0001");
  return [before, element, after ?? ""];
}
const named = (list, key) => WORDS[state.lang][list][key] ?? WORDS.en[list][key] ?? String(key).replace(/_/g, " ");
/** A note of a table in the language of the reader. */
function noteText(note) {
  for (const [pattern, text] of WORDS[state.lang].notes) if (pattern.test(note)) return note.replace(pattern, text);
  return note;
}

/** Make an element; children are elements, strings (words of the interface) or lists of them. */
function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, does] of Object.entries(value)) element.addEventListener(event, does);
    else if (key === "class") element.className = value;
    else if (key === "style") Object.assign(element.style, value);
    else if (key === "text") element.textContent = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(3)) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}
const button = (label, does, props) => h("button", { type: "button", ...props, on: { click: does } }, label);

// Direction overrides would turn the line around, other controls are invisible: both are shown by name.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const CONTROLS = new RegExp(CONTROL.source, "g");
function pieces(text) {
  if (!CONTROL.test(text)) return [document.createTextNode(text)];
  const found = [];
  let at = 0;
  for (const match of text.matchAll(CONTROLS)) {
    if (match.index > at) found.push(document.createTextNode(text.slice(at, match.index)));
    const code = "U+" + match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    found.push(h("span", { class: "control", title: t("control", { c: code }) }, code));
    at = match.index + 1;
  }
  if (at < text.length) found.push(document.createTextNode(text.slice(at)));
  return found;
}
/** Text from the data: isolated, so that its direction stays its own. */
const LONG_RUN = /[^\s\u2e80-\u9fff]{24}/;
const said = (text, lang) => h("bdi", { class: LONG_RUN.test(text) ? "run" : null, lang: lang === "zh" || lang === "en" ? lang : null }, pieces(String(text)));
const plain = (text) => String(text).replace(CONTROLS, "\ufffd");
/** The beginning of a text: *clip* for `said`, which shows controls by name, *short* for all other places. */
const clip = (text, most = 40) => { const all = Array.from(String(text).slice(0, 4 * most)); return all.length > most ? all.slice(0, most - 1).join("") + "…" : all.join(""); };
const short = (text, most) => plain(clip(text, most));
/** What a group is called: that of articles which name none has no name of its own. */
const groupTitle = (g) => (GROUPS[g] === "(none)" ? t(D.by === "outlet" ? "no_outlet" : "no_group") : DAYS && D.by === "week" ? t("week_of", { d: dayName(GROUPS[g], true) }) : DAYS ? dayName(GROUPS[g], true) : GROUPS[g]);
/** Whether groups are days, or weeks by their first. */
const DAYS = ["day", "week"].includes(D.by) && GROUPS.every((one) => one === "(none)" || /^\d{4}-\d\d-\d\d$/.test(one));
const groupLang = (g) => (/\bzh\b/.test(D.groups.languages[g]) ? "zh" : "en");
const groupName = (g, most) => said(clip(groupTitle(g), most), groupLang(g));
const group = (g) => h("span", { class: "group", title: plain(groupTitle(g)).slice(0, 300) }, groupName(g));
const nameOf = (name, most) => { const g = GROUPS.indexOf(name); return g < 0 ? said(clip(name, most)) : groupName(g, most); };

/** A link only where the address is http(s); else its text. */
function link(address, label) {
  let safe = null;
  try { const url = new URL(address); if (url.protocol === "http:" || url.protocol === "https:") safe = url.href; } catch { /* no address */ }
  return safe ? h("a", { href: safe, rel: "noopener noreferrer", target: "_blank" }, label) : null;
}

const whole = (value) => Math.round(value).toLocaleString("en-US");
function num(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (Math.abs(value) > 1e299) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1000 ? whole(value) : size < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(digits)));
  return text.replace("-", "−");
}
const fixed = (value, places) => (value === null || !Number.isFinite(value) || Math.abs(value) > 1e299 ? num(value) : value.toFixed(places).replace("-", "−"));
/** p and q: small ones as "below", all with two digits. */
const small_p = (value) => (value === null || value === undefined ? "–" : value < 0.001 ? "< 0.001" : num(value, 2));
const percent = (value) => (value === null || value === undefined ? "–" : (value > 0 && value < 0.005 ? Number((100 * value).toPrecision(1)) : Math.round(100 * value)) + "%");
/** A ratio as people say it. */
const ratio = (x) => (x === null || !Number.isFinite(x) ? "–" : x >= 9.95 ? whole(x) : x.toFixed(1));
const title = (a) => ART.title[a] || t("untitled");
const day = (a) => (ART.date[a] || t("undated")).slice(0, 10);

/** Texts are indexed by code point; JavaScript counts UTF-16 units. */
function cut(text, start, end) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}
const size = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length);

/** The stretch of article *a* around an offset: {text, from}, or null if it is not in the page. */
function stretch(a, offset) {
  if (ART.text[a] !== null) return { text: ART.text[a], from: 0 };
  const parts = ART.parts[a] || [];
  for (let i = 0; i < parts.length; i += 2) if (offset >= parts[i] && offset < parts[i] + size(parts[i + 1])) return { text: parts[i + 1], from: parts[i] };
  return null;
}
function select(label, options, value, does, props) {
  const box = h("select", { ...props, on: { change: () => does(box.value) } }, options.map(([key, text]) => h("option", { value: key, selected: String(key) === String(value) }, text)));
  return h("label", { class: "field" }, h("span", {}, label), box);
}
function field(label, does, props) {
  const box = h("input", { type: "search", autocomplete: "off", spellcheck: "false", ...props, on: { input: () => does(box.value) } });
  return h("label", { class: "field" }, h("span", {}, label), box);
}
/** Rows of a table that comes as columns. */
const rowsOf = (columns) => { const keys = Object.keys(columns); return columns[keys[0]].map((_, i) => Object.fromEntries(keys.map((key) => [key, columns[key][i]]))); };
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

/** The tables: rows as objects, found by the number of their row. */
const T = {};
for (const [name, cells] of Object.entries(D.tables)) {
  const rows = rowsOf(cells);
  for (const row of rows) row.g = GROUPS.indexOf(row.target ?? row.group ?? row.outlet);
  T[name] = { rows, at: new Map(rows.map((row) => [row.row, row])) };
}
const rowsIn = (name) => (T[name] ? T[name].rows : []);
/** Places come flat: article, start, length, ... */
const triples = (flat) => { const found = []; for (let i = 0; i < (flat || []).length; i += 3) found.push([flat[i], flat[i + 1], flat[i + 1] + flat[i + 2]]); return found; };
const BY_OUTLET = D.by === "outlet";
// The interface speaks of outlets: of weeks, where the groups are weeks. What is about outlets alone is not shown then.
if (!BY_OUTLET) {
  const [one, zh] = D.noun, a = /^[aeiou]/.test(one) ? "an " : "a ";
  const other = (text) => text.replace(/\b([Aa])n outlet\b/g, (all, first) => (first === "A" ? a.replace("a", "A") : a) + one).replace(/\boutlet(s?)\b/g, one + "$1").replace(/\bOutlet(s?)\b/g, one[0].toUpperCase() + one.slice(1) + "$1").replace(/其余媒体/g, "其余的" + zh).replace(/媒体/g, zh).replace(/([各某别本每])家/g, "$1" + zh);
  for (const words of [WORDS.en, WORDS.zh]) for (const part of [words, words.questions, words.columns]) for (const key of Object.keys(part)) if (typeof part[key] === "string") part[key] = other(part[key]);
}
const STORY = new Map((D.titles.story || []).map((id, i) => [id, i]));
const storyName = (id) => { const i = STORY.get(id); return i === undefined ? "" : D.titles[state.lang][i]; };
/** What the page calls a referent or concept. */
const labelOf = (id) => (D.labels[id] ? D.labels[id][state.lang === "zh" ? 1 : 0] : String(id).replace(/_/g, " "));
const zhOf = (text) => (/[\u3400-\u9fff]/.test(text) ? "zh" : "en");
/** The date of an article as people write it: 14 May, 5月14日. */
function dayName(stamp, year) {
  const [y, m, d] = String(stamp || "").slice(0, 10).split("-").map(Number);
  if (!d) return t("undated");
  if (year) return state.lang === "zh" ? `${y}年${m}月${d}日` : `${dayName(stamp)} ${y}`;
  return state.lang === "zh" ? `${m}月${d}日` : `${d} ${"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[m - 1]}`;
}
/** From a day to a day, the year once where it is one. */
function daySpan(first, last) {
  if (!first) return t("undated");
  const one = first.slice(0, 4) === last.slice(0, 4), zh = state.lang === "zh";
  return first.slice(0, 10) === last.slice(0, 10) ? dayName(last, true) : dayName(first, !one || zh) + " – " + dayName(last, !one || !zh);
}
/** Short name of a group for the head of a column: its first word, or its first characters. */
const BRIEF = GROUPS.map((name) => (zhOf(name) === "zh" ? name.slice(0, 4) : name.replace(/^The\s+/i, "").split(/\s+/)[0]));
const brief = (g) => plain(GROUPS[g] === "(none)" ? clip(groupTitle(g), 12) : DAYS ? dayName(GROUPS[g]) : BRIEF.filter((one) => one === BRIEF[g]).length > 1 ? clip(groupTitle(g), 12) : clip(BRIEF[g], 10));

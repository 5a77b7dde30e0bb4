// The first screen: each question with its answer, how sure it is, and a small figure; the sentence opens what it is made of.
const MARKS = { "beyond chance": "●", counted: "■", "cannot tell": "?", "may be chance": "◐", "too few to tell": "○" };
const F = D.findings || { kind: [], en: [] };
const LEAD = F.kind[0], QUESTIONS = [...new Set([LEAD, "covered", "first", "names", "voices", "left out", "copies", "words", "disagreement", "tone"])];
const ofKind = (kind) => F.kind.flatMap((one, i) => (one === kind ? [i] : []));
const LEFT_SIDE = [LEAD, "covered", "copies", ...(LEAD === "covered" ? ["words"] : [])];
function strengthLine(i) {
  const g = GROUPS.indexOf(F.group[i]), s = F.strength[i];
  const more = [F.low[i] !== null && F.low[i] !== undefined && ["names", "voices"].includes(F.kind[i]) ? t("from_to", { low: percent(F.low[i]), high: percent(F.high[i]) }) : "", F.kind[i] === "covered" && F.note[i] ? noteText(F.note[i]).replace(/^./, (one) => one.toUpperCase()) : ""].filter(Boolean);
  return h("p", { class: "st", "data-g": g >= 0 ? g : null }, h("i", { class: "sm " + s.replace(/ /g, "-"), "aria-hidden": "true" }, MARKS[s]), " ", h("b", { "data-strength": s }, named("strengths", s)), state.lang === "zh" ? "。" : ". ", more.join(state.lang === "zh" ? "；" : "; "), more.length ? (state.lang === "zh" ? "。" : ".") : "");
}
/** The small figure of a card is no stop of the tabulator (its rows stand below again): the arrow leads into it. */
function intoFigure(event) {
  const first = event.key === "ArrowDown" && event.target.closest(".card")?.querySelector(".smallfig .hit");
  if (first) { event.preventDefault(); first.focus(); }
}
/** What is not divided at the end of a line: short quoted words, and names of groups in Chinese characters. */
const WHOLE_WORDS = new RegExp([...GROUPS.filter((one) => /^[\u3400-\u9fff]{2,8}$/.test(one)).sort((x, y) => size(y) - size(x)), "“[\u3400-\u9fff]{1,6}”", "(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,6}(?![\u3400-\u9fff])"].join("|"), "g");
function sentence(text, lang) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(WHOLE_WORDS)) {
    if (match.index > at) parts.push(...pieces(text.slice(at, match.index)));
    parts.push(h("span", { class: "nb" }, match[0]));
    at = match.index + match[0].length;
  }
  return h("bdi", { class: LONG_RUN.test(text) ? "run" : null, lang }, parts, pieces(text.slice(at)));
}
function finding(i, big) {
  const g = GROUPS.indexOf(F.group[i]);
  return h("div", { class: "told", "data-slot": true }, h("button", { type: "button", class: "find" + (big ? " big" : ""), "data-finding": i, "data-g": g >= 0 ? g : null, "aria-expanded": "false", on: { click: () => openFinding(i), keydown: intoFigure } }, sentence(F[state.lang][i], state.lang)), strengthLine(i));
}
/** The first row of a finding, where it is one of *table*. */
const told = (i, table) => (F.table[i] === table ? T[table].at.get(F.rows[i][0]) : undefined);
/** The small figure of a question, drawn from the same rows as the section below. */
const SMALL = {
  covered: (where, width) => BY_OUTLET && rowsIn("coverage").length ? coverageFigure(where, width, 6) : null,
  first: (where, width, i) => BY_OUTLET && rowsIn("stories").length ? lanesFigure(where, width, [told(i, "stories")?.story ?? D.titles.story[0]], true) : null,
  names: (where, width, i) => F.table[i] === "naming" && rowsIn("naming").length ? namesFigure(where, width, told(i, "naming")?.referent ?? referents()[0], told(i, "naming")) : null,
  voices: (where, width, i) => F.group[i] && told(i, "actors") ? actorFigure(where, width, told(i, "actors")) : rowsIn("sources").length ? peopleFigure(where, width, 6) : null,
  "left out": (where, width) => BY_OUTLET && rowsIn("omissions").length ? leftFigure(where, width, 4) : null,
  words: (where, width, i) => (F.table[i] === "keyness" ? wordsFigure(where, width, 1) : null),
};
function drawFindings(box) {
  const left = h("div", { class: "leadside" }), right = h("div", { class: "cards" });
  box.append(h("div", { class: "answers" }, left, right));
  for (const kind of QUESTIONS) {
    const all = ofKind(kind);
    if (!all.length) continue;
    const where = "c-" + kind.replace(/ /g, "-"), figureBox = h("div", { class: "smallfig" }), rest = h("div", { class: "rest", hidden: true }), big = kind === LEAD;
    const more = all.length > 1 ? button(t("more_findings", { n: all.length - 1 }), () => unfold(kind), { class: "plain more", id: where + "-more", "aria-expanded": "false" }) : null;
    const card = h("section", { class: "card " + kind.replace(/ /g, "-"), id: where, "aria-labelledby": where + "-q" }, h("h3", { class: "q", id: where + "-q" }, named("questions", kind)), finding(all[0], big), figureBox, rest, more);
    (LEFT_SIDE.includes(kind) ? left : right).append(card);
    const made = SMALL[kind] && figureBox.clientWidth ? SMALL[kind](where, figureBox.clientWidth, all[0]) : null;
    if (!made) { figureBox.remove(); continue; }
    made.querySelector(".hit[tabindex='0']")?.setAttribute("tabindex", "-1");
    figureBox.append(made);
  }
  box.append(h("p", { class: "legend strengths" }, Object.keys(MARKS).map((key) => h("span", {}, h("i", { "aria-hidden": "true" }, MARKS[key]), " ", named("strengths", key)))));
}
const MOST_OF_A_KIND = 40;
function unfold(kind) {
  const where = "c-" + kind.replace(/ /g, "-"), rest = $(where).querySelector(".rest"), more = $(where + "-more");
  if (!rest.childElementCount) rest.append(...ofKind(kind).slice(1, MOST_OF_A_KIND).map((i) => finding(i)));
  rest.hidden = !rest.hidden;
  more.textContent = rest.hidden ? t("more_findings", { n: ofKind(kind).length - 1 }) : t("fewer");
  more.setAttribute("aria-expanded", String(!rest.hidden));
  filtered();
}
function revealFinding(i) {
  if (document.querySelector(`[data-finding="${i}"]`)?.offsetParent) return;
  const kind = F.kind[i], where = "c-" + kind.replace(/ /g, "-"), rest = $(where).querySelector(".rest");
  if (rest.hidden) unfold(kind);
  if (!document.querySelector(`[data-finding="${i}"]`)) rest.append(finding(i));
}

// Findings: sentences; each opens its rows and places beneath itself. Address: #f=NUMBER.
const MARKS = { "beyond chance": "●", counted: "■", "cannot tell": "?", "may be chance": "◐", "too few to tell": "○" };
const FIRST_FINDINGS = 3;
function drawFindings(box) {
  let kind = null, place = 0, list = null;
  box.append(h("p", { class: "legend strengths" }, Object.keys(MARKS).map((key) => h("span", {}, h("i", { "aria-hidden": "true" }, MARKS[key]), " ", named("strengths", key)))));
  D.findings.forEach((one, i) => {
    if (one.kind !== kind) {
      kind = one.kind; place = 0;
      list = h("ol", { class: "findings" });
      box.append(h("div", { class: "question" }, h("h3", {}, named("questions", kind)), list));
    }
    const item = h("li", { id: "finding-" + i, hidden: place++ >= FIRST_FINDINGS }, h("button", { type: "button", class: "finding", "aria-expanded": "false", on: { click: () => goFinding(state.finding === i ? null : i) } },
      h("span", { class: "mark " + one.strength.replace(/ /g, "-"), "aria-hidden": "true" }, MARKS[one.strength]), h("span", { class: "sentence" }, said(one[state.lang], state.lang)), h("span", { class: "strength" }, named("strengths", one.strength))));
    list.append(item);
    if (place === FIRST_FINDINGS + 1) {
      const here = list, more = button(t("more_findings"), () => { for (const li of here.children) li.hidden = false; more.remove(); }, { class: "plain" });
      here.parentElement.append(more);
    }
  });
  showFinding();
}
/** Open or close a finding, in the address, too: Back returns. */
function goFinding(i) {
  history.pushState(null, "", i === null ? "#findings" : "#f=" + i);
  const was = state.finding;
  readAddress();
  const back = i ?? was;
  if (back !== null && back !== undefined) document.querySelector("#finding-" + back + " .finding").focus({ preventScroll: true });
}
function readAddress() {
  const found = /^#f=(\d+)$/.exec(location.hash);
  state.finding = found && D.findings[+found[1]] ? +found[1] : null;
  showFinding();
  return state.finding;
}
function showFinding() {
  for (const old of document.querySelectorAll("#findings .behind")) old.remove();
  for (const one of document.querySelectorAll("#findings .finding")) one.setAttribute("aria-expanded", "false");
  const i = state.finding;
  if (i === null || i === undefined) return;
  const one = D.findings[i], item = $("finding-" + i);
  item.hidden = false;
  item.querySelector(".finding").setAttribute("aria-expanded", "true");
  const lines = one.places.map(([a, start, end]) => (end > start ? lineItem(a, start, end) : h("li", {}, h("p", { class: "from" }, h("span", {}, day(a)), " ", group(ART.group[a]), " ", articleButton(a))))).filter(Boolean);
  item.append(h("div", { class: "behind panel" },
    h("p", { class: "quiet" }, t("behind", { n: whole(one.rows.length), of: whole(one.of), table: one.table }), one.note ? " · " + one.note : ""),
    small(t("rows"), one.head.map((name) => name.replace(/_/g, " ")), one.rows.map((cells) => cells.map((cell) => said(clip(cell, 200)))), "compact"),
    lines.length ? [h("h4", {}, t("places", { n: whole(lines.length), of: whole(one.all) })), h("ul", { class: "concordance" }, lines)] : null,
    h("p", { class: "tablehead" }, button("CSV", () => download(one.table, [one.head, ...one.rows]), { class: "plain csv" }), button(t("close"), () => goFinding(null), { class: "close" }))));
}
window.addEventListener("popstate", () => { if (D.findings) readAddress(); });
window.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.finding !== null && state.finding !== undefined && !$("reader").open) goFinding(null); });

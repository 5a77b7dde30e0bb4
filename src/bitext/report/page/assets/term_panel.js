// One word: its numbers, its forms, and the lines behind them.
let opener = null;
function pick(name, i, move) {
  if (!$("term").contains(document.activeElement)) opener = document.activeElement;
  state.pick = { unit: name, i };
  const s = mapState();
  if (s.unit !== name) {
    s.unit = name;
    MAP.view = { x: 0, y: 0, zoom: 1 };
    const unit = unitOf(name), users = unit.groups.filter((g) => cell(unit, i, g)[0]).sort((x, y) => cell(unit, i, y)[0] - cell(unit, i, x)[0]);
    if (!unit.groups.includes(s.a)) s.a = users[0] ?? unit.groups[0];
    if (!unit.groups.includes(s.b) || s.b === s.a) s.b = unit.groups.find((g) => g !== s.a) ?? s.a;
    redraw("map");
  } else paint();
  showTerm();
  // The panel comes into sight; from the map, the map stays in sight, too.
  const panel = $("term"), top = panel.getBoundingClientRect().top, height = window.innerHeight;
  if (move) panel.querySelector("h3").focus({ preventScroll: true });
  if (top < 70 || top > height * 0.7) window.scrollBy({ top: top - (move ? 90 : height * 0.62), behavior: "auto" });
}
function showTerm() {
  const box = $("term");
  if (!box) return;
  if (!state.pick) { box.replaceChildren(h("h3", { class: "sr", tabindex: "-1" }, t("term")), h("p", { class: "empty" }, t("pick"))); return; }
  const { unit: name, i } = state.pick, unit = unitOf(name), s = mapState();
  const pairOf = [s.a, s.b].filter((g) => unit.groups.includes(g));
  box.replaceChildren(h("header", {}, h("h3", { tabindex: "-1" }, said(clip(termText(name, unit.terms[i]), 200), name === "en" || (name === "concept" && state.lang === "en") ? "en" : "zh")), name === "concept" ? h("span", { class: "also" }, said(unit.labels[i][state.lang === "zh" ? 1 : 0], state.lang === "zh" ? "en" : "zh")) : null, h("span", { class: "quiet" }, t("unit_" + name)), button(t("close"), closeTerm, { class: "close" })),
    h("div", { class: "termgrid" }, h("div", {}, pairOf.length === 2 && s.a !== s.b ? effectText(unit, i, s.a, s.b) : null, everyGroup(unit, i, pairOf), formsOf(unit, i)), h("div", { class: "lines" }, pairOf.map((g) => linesOf(unit, i, g, pairOf)))));
}
function closeTerm() {
  state.pick = null;
  showTerm();
  paint();
  const back = opener && opener.isConnected ? opener : $("find");
  back.focus();
}
function effectText(unit, i, a, b) {
  const one = sideOf(unit, i, a), other = sideOf(unit, i, b);
  if (!one.n && !other.n) return null;
  const c = compared(unit, i, a, b, one, other, true), point = unit.unit === state.map.unit ? MAP.points.find((p) => p.i === i) : null;
  const up = c.logRatio >= 0, names = { g: short(GROUPS[up ? a : b], 30), o: short(GROUPS[up ? b : a], 30), x: times(c.logRatio) };
  const [low, high] = up ? [c.low, c.high] : [c.high === null ? null : -c.high, c.low === null ? null : -c.low];
  const ratio = (x) => num(2 ** x, 2);
  let range = null;
  if (c.p === null) range = h("p", { class: "notice" }, t("not_estimable") + ": " + noteText(c.note) + (state.lang === "zh" ? "。" : "."));
  else {
    const key = !Number.isFinite(high) ? "interval_low" : !Number.isFinite(low) ? "interval_high" : "interval";
    range = [rangePlot(c, a, b), h("p", { class: "quiet" }, t(key, { low: ratio(low), high: ratio(high) }), " ", point && point.q !== null ? t("q_is", { q: small_p(point.q) }).replace("= <", "<") : "", c.note.startsWith("no variation") ? ` (${noteText(c.note)})` : "")];
  }
  return h("div", { class: "effect" }, h("p", { class: "says" }, !one.n || !other.n ? t("effect_only", names) : c.logRatio === 0 ? t("effect_same") : t("effect_more", names)), range);
}
/** The interval on a scale of ratios from 32 times in B to 32 times in A. */
function rangePlot(c, a, b) {
  const place = (x) => 50 + 10 * Math.max(-5, Math.min(5, -x));
  const left = place(c.high ?? 0), right = place(c.low ?? 0);
  return h("div", { class: "rangeplot", "aria-hidden": "true" }, h("div", { class: "scalebar" }, h("i", { class: "zero" }), h("i", { class: "span", style: { left: Math.min(left, right) + "%", width: Math.abs(right - left) + "%" } }), h("i", { class: c.logRatio > 0 ? "point a" : "point b", style: { left: place(c.logRatio) + "%" } })),
    h("div", { class: "ends" }, h("span", {}, "← " + short(GROUPS[a], 18)), h("span", {}, "1×"), h("span", {}, short(GROUPS[b], 18) + " →")));
}
function everyGroup(unit, i, pairOf) {
  const most = Math.max(...unit.groups.map((g) => sideOf(unit, i, g).rate));
  const rows = unit.groups.map((g) => [g, sideOf(unit, i, g)]).sort((x, y) => y[1].rate - x[1].rate).map(([g, one]) => [
    h("span", { class: g === pairOf[0] ? "tone a" : g === pairOf[1] ? "tone b" : "tone" }, group(g)), whole(one.counted),
    [h("span", { class: "bar" }, h("span", { style: { width: most ? (100 * one.rate) / most + "%" : "0" } })), h("span", { class: "barnum" }, num(1000 * one.rate, 3))],
    `${one.holders} / ${one.articles}`, one.even < 0 ? "–" : fixed(one.even / 1000, 2)]);
  return [small(t("in_every"), [D.by === "outlet" ? t("outlet") : t("group"), t("occurrences"), t("rate"), t("articles"), t("dispersion")], rows, "compact"), h("p", { class: "quiet" }, t("dispersion_help"))];
}
function formsOf(unit, i) {
  if (unit.forms) {
    const flat = unit.forms[i], parts = [];
    for (const lang of ["zh", "en"]) {
      const list = [];
      for (let k = 0; k < flat.length; k += 3) if (flat[k] === lang) list.push(h("li", {}, said(flat[k + 1], lang), " ", h("span", { class: "quiet" }, whole(flat[k + 2]))));
      if (list.length) parts.push(h("dt", {}, t(lang)), h("dd", {}, h("ul", { class: "chips" }, list)));
    }
    return parts.length ? h("div", { class: "forms" }, h("h4", {}, t("forms")), h("dl", {}, parts)) : null;
  }
  const number = unit.concept ? unit.concept[i] : -1, concepts = unitOf("concept");
  if (number < 0 || !concepts) return null;
  const flat = concepts.forms[number], list = [];
  for (let k = 0; k < flat.length; k += 3) if (flat[k] !== unit.unit) list.push(h("li", {}, said(flat[k + 1], flat[k]), " ", h("span", { class: "quiet" }, whole(flat[k + 2]))));
  return h("div", { class: "forms" }, list.length ? [h("h4", {}, t("translations")), h("ul", { class: "chips" }, list)] : null, h("p", {}, around("same_concept", "c", termButton("concept", concepts.terms[number]))));
}
function linesOf(unit, i, g, pairOf) {
  const flat = unit.lines[i], here = [], n = cell(unit, i, g)[0];
  for (let k = 0; k < flat.length; k += 3) if (ART.group[flat[k]] === g) here.push([flat[k], flat[k + 1], flat[k + 1] + flat[k + 2]]);
  const list = h("ul", { class: "concordance" });
  let shown = 4;
  const more = h("div", { class: "more" });
  const draw = () => {
    list.replaceChildren(...here.slice(0, shown).map((place) => lineItem(...place)).filter(Boolean));
    more.replaceChildren(...(here.length > shown ? [button(t("show_more", { n: here.length - shown }), () => { shown = here.length; draw(); })] : []));
  };
  draw();
  return h("section", { class: g === pairOf[0] ? "a" : "b" }, h("h4", {}, groupName(g, 40), " ", h("span", { class: "quiet" }, n ? t("lines_of", { n: here.length, of: whole(n) }) : "")), n ? (here.length ? [list, more] : h("p", { class: "quiet" }, t("no_lines"))) : h("p", { class: "quiet" }, t("not_used", { g: short(GROUPS[g], 40) })));
}

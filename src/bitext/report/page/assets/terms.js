// Words and concepts: sums per group, comparison of two groups, and the one that is chosen.
const UNITS = D.units;
for (const unit of UNITS) {
  unit.place = new Map(unit.terms.map((term, i) => [term, i]));
  unit.groups = GROUPS.map((_, g) => g).filter((g) => unit.sizes[g]);
}
const unitOf = (name) => UNITS.find((unit) => unit.unit === name);
const NIL = [0, 0, 0, 0, -1];
function cell(unit, i, g) {
  const flat = unit.cells[i];
  for (let k = 0; k < flat.length; k += 6) if (flat[k] === g) return flat.slice(k + 1, k + 6);
  return NIL;
}
const sideOf = (unit, i, g) => side(unit.sizes[g], cell(unit, i, g));
/** A concept's id reads better with spaces; words are shown as they are. */
const termText = (name, term) => (name === "concept" ? term.replace(/_/g, " ") : term);

/** All words that one of two groups uses, compared. */
function pair(unit, a, b) {
  const points = [];
  for (let i = 0; i < unit.terms.length; i++) {
    const one = sideOf(unit, i, a), other = sideOf(unit, i, b);
    if (!one.n && !other.n) continue;
    const c = contrast(one, other);
    points.push({ i, one, other, logRatio: c.logRatio, p: c.p, note: c.note, g2: g2(one.n, one.tokens, other.n, other.tokens) });
  }
  const q = adjust(points.map((point) => point.p));
  points.forEach((point, k) => { point.q = q[k]; });
  return points;
}
/** A button for a word: known ones open their panel. */
function termButton(name, term) {
  const unit = unitOf(name), i = unit ? unit.place.get(term) : undefined;
  const label = said(short(termText(name, term), 60));
  return i === undefined ? label : button(label, () => pick(name, i, true), { class: "plain term" });
}

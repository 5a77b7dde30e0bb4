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
/** What was counted; cells of concepts in two languages hold hits from which the languages' bias is taken out. */
function hits(unit, i, g) {
  if (!unit.counted) return cell(unit, i, g)[0];
  const flat = unit.counted[i];
  for (let k = 0; k < flat.length; k += 2) if (flat[k] === g) return flat[k + 1];
  return 0;
}
const sideOf = (unit, i, g) => ({ ...side(unit.sizes[g], cell(unit, i, g)), counted: hits(unit, i, g) });
/** Compare two groups; across languages p and interval take in how surely the bias is known. */
function compared(unit, i, a, b, one, other, withInterval) {
  const c = contrast(one, other, withInterval), across = unit.across;
  const apart = across ? across.zh[a] - across.zh[b] : 0;
  if (!apart || c.p === null) return c;
  if (across.tier[i] === "unreliable" && Math.abs(apart) >= 0.1) return { ...c, p: null, note: "unreliable across languages" };
  return widened(c, Math.abs(apart) * across.error[i]);
}
/** A concept is called by its first form in the language of the interface; words are shown as they are. */
function termText(name, term) {
  if (name !== "concept") return term;
  const unit = unitOf("concept"), i = unit ? unit.place.get(term) : undefined;
  const [zh, en] = i === undefined ? ["", ""] : unit.labels[i];
  return (state.lang === "zh" ? zh || en : en || zh) || term.replace(/_/g, " ");
}
/** All ways to find a word: what it is called, its id, for concepts its forms. */
function answers(name, term, wanted) {
  const unit = unitOf(name), i = unit ? unit.place.get(term) : undefined;
  if (term.toLowerCase().includes(wanted)) return true;
  if (name !== "concept" || i === undefined) return false;
  return unit.labels[i].some((label) => label.toLowerCase().includes(wanted)) || unit.forms[i].some((form) => typeof form === "string" && form.toLowerCase().includes(wanted));
}

/** All words that one of two groups uses, compared. */
function pair(unit, a, b) {
  const points = [];
  for (let i = 0; i < unit.terms.length; i++) {
    const one = sideOf(unit, i, a), other = sideOf(unit, i, b);
    if (!one.n && !other.n) continue;
    const c = compared(unit, i, a, b, one, other);
    points.push({ i, one, other, logRatio: c.logRatio, p: c.p, note: c.note, g2: g2(one.n, one.tokens, other.n, other.tokens) });
  }
  const q = adjust(points.map((point) => point.p));
  points.forEach((point, k) => { point.q = q[k]; });
  return points;
}
/** A button for a word: known ones open their panel. */
function termButton(name, term) {
  const unit = unitOf(name), i = unit ? unit.place.get(term) : undefined;
  const text = termText(name, term), label = said(clip(text, 60), /[\u3400-\u9fff]/.test(text) ? "zh" : "en");
  return i === undefined ? label : button(label, () => pick(name, i, true), { class: "plain term" });
}

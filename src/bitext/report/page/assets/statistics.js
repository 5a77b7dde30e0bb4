// The formulas of bitext.statistics.effects, on the sums that the page holds. Tests compare both.
function lgamma(x) {
  if (x < 15) { let shift = 0; while (x < 15) shift += Math.log(x++); return lgamma(x) - shift; }
  const z = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z / 1680))) / x;
}
/** Regularised incomplete beta function, by Lentz's continued fraction. */
function betainc(a, b, x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betainc(b, a, 1 - x);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - lgamma(a) - lgamma(b) + lgamma(a + b)) / a;
  let c = 1, d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < 1e-300 ? 1e-300 : d);
  let f = d;
  for (let m = 1; m < 1000; m++) {
    for (const top of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 + top * d; d = 1 / (Math.abs(d) < 1e-300 ? 1e-300 : d);
      c = 1 + top / c; if (Math.abs(c) < 1e-300) c = 1e-300;
      f *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-14) break;
  }
  return front * f;
}
/** The logit of the quantile of a beta distribution, by bisection on the scale of the logit. */
function logitBeta(a, b, p) {
  let low = -700, high = 700;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (betainc(a, b, 1 / (1 + Math.exp(-middle))) < p) low = middle; else high = middle;
  }
  return (low + high) / 2;
}
/** Both tails of Student's t beyond |value|. */
const tTails = (df, value) => betainc(df / 2, 0.5, df / (df + value * value));
function tQuantile(df, alpha) { return Math.sqrt(df * Math.exp(-logitBeta(df / 2, 0.5, alpha))); }

const SPARSE = 5, MIN_HOLDERS = 5, MIN_ARTICLES = 5, ALPHA = 0.05;

function side(sizes, cell) {
  const [articles, tokens, squares] = sizes;
  const [n, holders, sumSquares, products, even] = cell;
  const rate = n / tokens;
  const spread = articles > 1 ? (Math.max(sumSquares - 2 * rate * products + rate * rate * squares, 0) * articles) / (articles - 1) : NaN;
  return { articles, tokens, n, holders, rate, spread, even, relative: spread / (n * n), freedom: Math.max(Math.min(articles - 1, holders - 1), 0.5) };
}
/** Compare two sides: log ratio (smoothed), p, note; the interval only where asked, it takes longer. */
function contrast(one, other, withInterval) {
  const f1 = one.n, f2 = other.n;
  const logRatio = Math.log2((f1 + 0.5) / (one.tokens + 0.5)) - Math.log2((f2 + 0.5) / (other.tokens + 0.5));
  const found = { logRatio, p: null, low: null, high: null, note: "" };
  const poor = [["target", one], ["reference", other]].find(([, s]) => s.articles < MIN_ARTICLES);
  if (poor) return { ...found, note: `too few articles in the ${poor[0]}: ${poor[1].articles}, at least ${MIN_ARTICLES} needed` };
  if (one.holders + other.holders < MIN_HOLDERS) return { ...found, note: `in fewer than ${MIN_HOLDERS} articles` };
  const variation = (one.spread || 0) + (other.spread || 0);
  if (Math.min(one.holders, other.holders) < SPARSE || variation === 0) {
    const effect = Math.max(variation / (f1 + f2), 1);
    const a = f1 / effect + 0.5, c = f2 / effect + 0.5;
    const share = one.tokens / (one.tokens + other.tokens);
    const scale = Math.log1p(-share) - Math.log(share);
    const above = f1 > 0 ? betainc(a, c, share) : 1, below = f2 > 0 ? betainc(c, a, 1 - share) : 1;
    found.p = Math.min(2 * Math.min(above, below), 1);
    if (withInterval) {
      found.low = f1 > 0 ? (logitBeta(a, c, ALPHA / 2) + scale) / Math.LN2 : -Infinity;
      found.high = f2 > 0 ? (scale - logitBeta(c, a, ALPHA / 2)) / Math.LN2 : Infinity;
    }
    if (f1 === 0) found.note = "no hit in the target: no lower limit";
    else if (f2 === 0) found.note = "no hit in the reference: no upper limit";
    else if (variation === 0) found.note = "no variation between articles: tokens taken as independent";
    return found;
  }
  const v1 = one.relative, v2 = other.relative, error = Math.sqrt(v1 + v2);
  const freedom = (v1 + v2) ** 2 / (v1 ** 2 / one.freedom + v2 ** 2 / other.freedom);
  const estimate = Math.log(one.rate / other.rate);
  found.p = tTails(freedom, estimate / error);
  if (withInterval) {
    const half = tQuantile(freedom, ALPHA) * error;
    found.low = (estimate - half) / Math.LN2;
    found.high = (estimate + half) / Math.LN2;
  }
  return found;
}
/** Both tails of the normal distribution beyond z >= 0: Chebyshev fit of erfc, relative error below 2e-7. */
function normalTails(z) {
  const x = z / Math.SQRT2, u = 1 / (1 + x / 2);
  const fit = [0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223];
  return u * Math.exp(fit.reduce((sum, c) => sum * u + c, 0) - x * x);
}
/** Which z has these tails: by bisection. */
function zOf(p) {
  let low = 0, high = 37;
  for (let i = 0; i < 50; i++) { const middle = (low + high) / 2; if (normalTails(middle) > p) low = middle; else high = middle; }
  return (low + high) / 2;
}
/** Add a standard deviation (of log2) to a comparison: squares add up. */
function widened(c, extra) {
  const size = Math.abs(c.logRatio), z = zOf(c.p);
  const p = z > 0 && size > 0 ? Math.max(c.p, normalTails(size / Math.hypot(size / z, extra))) : c.p;
  const end = (x, sign) => (x === null ? null : Number.isFinite(x) ? c.logRatio + sign * Math.hypot(x - c.logRatio, 1.96 * extra) : x);
  return { ...c, p, low: end(c.low, -1), high: end(c.high, 1) };
}
/** Benjamini and Hochberg's adjustment; null stays null. */
function adjust(ps) {
  const order = ps.map((p, i) => [p, i]).filter(([p]) => p !== null).sort((x, y) => y[0] - x[0]);
  const q = ps.map(() => null);
  let least = 1;
  order.forEach(([p, i], k) => { least = Math.min(least, (p * order.length) / (order.length - k)); q[i] = least; });
  return q;
}
function g2(f1, n1, f2, n2) {
  const total = n1 + n2, hit = f1 + f2;
  const part = (o, e) => (o > 0 ? o * Math.log(o / e) : 0);
  const score = 2 * (part(f1, (hit * n1) / total) + part(f2, (hit * n2) / total) + part(n1 - f1, ((total - hit) * n1) / total) + part(n2 - f2, ((total - hit) * n2) / total));
  return (f1 / n1 < f2 / n2 ? -1 : 1) * Math.max(score, 0);
}

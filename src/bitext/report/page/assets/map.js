// The map: how often one group uses each word against another.
const MAP = { points: [], view: { x: 0, y: 0, zoom: 1 }, hover: null };

function mapState() {
  if (state.map) return state.map;
  const unit = unitOf("concept") || UNITS[0];
  const most = [...unit.groups].sort((x, y) => unit.sizes[y][1] - unit.sizes[x][1]);
  return (state.map = { unit: unit.unit, a: Math.min(most[0], most[1] ?? most[0]), b: Math.max(most[0], most[1] ?? most[0]), text: "" });
}
function drawMap(box) {
  const s = mapState();
  const unit = unitOf(s.unit);
  if (!unit.groups.includes(s.a)) s.a = unit.groups[0];
  if (!unit.groups.includes(s.b) || s.b === s.a) s.b = unit.groups.find((g) => g !== s.a) ?? s.a;
  const redo = () => { MAP.view = { x: 0, y: 0, zoom: 1 }; redraw("map"); showTerm(); };
  const names = { a: short(GROUPS[s.a], 30), b: short(GROUPS[s.b], 30) };
  const found = h("div", { class: "found", "aria-live": "polite" });
  const search = field(t("find"), (value) => { s.text = value; findTerms(found, value); paint(); }, { value: s.text, id: "find" });
  box.append(h("p", { class: "lead" }, t("map_lead", names)), h("div", { class: "controls" },
    select(t("unit"), UNITS.map((one) => [one.unit, t("unit_" + one.unit)]), s.unit, (value) => { s.unit = value; redo(); }),
    h("div", { class: "versus" }, select("A", groupOptions(unit.groups), s.a, (value) => { if (+value === s.b) s.b = s.a; s.a = +value; redo(); }, { id: "side-a" }),
      button(t("swap"), () => { [s.a, s.b] = [s.b, s.a]; redo(); }),
      select("B", groupOptions(unit.groups), s.b, (value) => { if (+value === s.a) s.a = s.b; s.b = +value; redo(); }, { id: "side-b" })), search), found);
  if (s.a === s.b) { box.append(h("p", { class: "notice" }, t("not_together"))); return; }
  MAP.points = pair(unit, s.a, s.b);
  MAP.range = undefined;
  spread(MAP.points);
  const tested = MAP.points.filter((p) => p.p !== null), sure = tested.filter((p) => p.q < 0.05);
  const canvas = h("canvas", { id: "canvas", tabindex: "0", role: "img", "aria-label": t("map_keys", { n: MAP.points.length }) });
  const tip = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  const zoom = h("div", { class: "zoom" }, button("+", () => zoomBy(1.6), { "aria-label": t("zoom_in") }), button("−", () => zoomBy(1 / 1.6), { "aria-label": t("zoom_out") }), button(t("reset"), () => { MAP.view = { x: 0, y: 0, zoom: 1 }; paint(); }));
  const legend = h("p", { class: "legend" }, h("span", {}, h("i", { class: "swatch a" }), t("legend_more", { g: names.a })), h("span", {}, h("i", { class: "swatch b" }), t("legend_more", { g: names.b })), h("span", {}, h("i", { class: "swatch sure" }), t("legend_sure")), h("span", {}, h("i", { class: "swatch few" }), t("legend_few")));
  box.append(h("div", { class: "mapgrid" }, h("div", {}, legend, h("div", { class: "canvas" }, canvas, tip, zoom), h("p", { class: "quiet" }, t("map_count", { n: whole(MAP.points.length), k: whole(tested.length), q: whole(sure.length) }), unit.of > unit.terms.length ? " " + t("page_terms", { n: whole(unit.terms.length), of: whole(unit.of) }) : "")),
    h("div", { class: "strongest" }, strongest(s.a, 1), strongest(s.b, -1))));
  hear(canvas, tip);
  findTerms(found, s.text);
  paint();
}
/** The words that speak most for one side: those that can be compared first. */
function strongest(g, sign) {
  const s = state.map, best = MAP.points.filter((p) => p.g2 * sign > 0).sort((x, y) => (y.p !== null) - (x.p !== null) || Math.abs(y.g2) - Math.abs(x.g2)).slice(0, 11);
  const other = (p) => (sign > 0 ? p.other.n : p.one.n);
  return h("div", { class: sign > 0 ? "side a" : "side b" }, h("h4", {}, around("more_a", "g", groupName(g, 30))), h("ol", {}, best.map((p) => h("li", {}, termButton(s.unit, unitOf(s.unit).terms[p.i]), h("span", { class: p.p === null ? "weak" : "" }, other(p) ? t("times", { x: times(p.logRatio) }) : t("only_here"))))));
}
function findTerms(found, text) {
  const unit = unitOf(state.map.unit), wanted = text.trim().toLowerCase();
  if (!wanted) { found.replaceChildren(); return; }
  const all = [];
  for (const one of [unit, ...UNITS.filter((u) => u !== unit)]) for (const term of one.terms) {
    if (!answers(one.unit, term, wanted)) continue;
    const names = one.unit === "concept" ? [term, termText("concept", term), ...one.labels[one.place.get(term)]] : [term];
    const best = Math.min(...names.map((name) => (name.toLowerCase() === wanted || name.replace(/_/g, " ") === wanted ? 0 : name.toLowerCase().startsWith(wanted) ? 1 : 2)));
    all.push([best, one.unit, term]);
  }
  // What is called exactly so comes first; a stable sort keeps the rest in order.
  const hits = all.sort((x, y) => x[0] - y[0]).slice(0, 12).map(([, name, term]) => [name, term]);
  found.replaceChildren(hits.length ? h("ul", { class: "chips" }, hits.map(([name, term]) => h("li", {}, termButton(name, term)))) : h("p", { class: "quiet" }, t("find_none", { n: whole(UNITS.reduce((n, one) => n + one.terms.length, 0)) })));
}

// Geometry: logarithmic axes; words that one side never uses stand in a strip of their own.
const PAD = { left: 54, right: 14, top: 12, bottom: 46, strip: 30 };
function scale() {
  const canvas = $("canvas"), width = canvas.clientWidth, height = canvas.clientHeight;
  const rates = (key) => MAP.points.map((p) => 1000 * p[key].rate).filter((r) => r > 0);
  const range = MAP.range ??= (() => { const all = [...rates("one"), ...rates("other")].map(Math.log10); return all.length ? [Math.min(...all) - 0.1, Math.max(...all) + 0.12] : [0, 1]; })();
  const [low, high] = range, { x, y, zoom } = MAP.view;
  const wide = width - PAD.left - PAD.right - PAD.strip, tall = height - PAD.top - PAD.bottom - PAD.strip;
  const along = (r) => (Math.log10(r) - low) / (high - low);
  return { width, height, wide, tall, low, high,
    px: (r) => (r > 0 ? PAD.left + PAD.strip + (along(r) - 0.5) * wide * zoom + wide / 2 + x : PAD.left + PAD.strip / 2),
    py: (r) => (r > 0 ? PAD.top + tall / 2 - (along(r) - 0.5) * tall * zoom + y : height - PAD.bottom - PAD.strip / 2) };
}
/** Words of equal counts would hide one another: they are laid around their place, the best supported in the middle. */
function spread(points) {
  const seen = new Map();
  points.sort((x, y) => rank(y) - rank(x));
  for (const p of points) {
    const key = p.one.n * 1e6 + p.other.n, k = seen.get(key) || 0, r = Math.min(3.4 * Math.sqrt(k), 26), angle = k * 2.399963;
    seen.set(key, k + 1);
    p.aside = [r * Math.cos(angle), r * Math.sin(angle)];
  }
}
function paint() {
  const canvas = $("canvas");
  if (!canvas || !canvas.clientWidth) return;
  const ratio = window.devicePixelRatio || 1, s = scale(), c = canvas.getContext("2d");
  if (canvas.width !== Math.round(s.width * ratio)) canvas.width = Math.round(s.width * ratio);
  if (canvas.height !== Math.round(s.height * ratio)) canvas.height = Math.round(s.height * ratio);
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, s.width, s.height);
  const ink = color("ink"), soft = color("soft"), rule = color("line"), font = getComputedStyle(document.body).fontFamily;
  axes(c, s, soft, rule, font);
  const colors = { a: color("a"), b: color("b"), none: color("none"), paper: color("paper") };
  const chosen = state.pick && state.pick.unit === state.map.unit ? state.pick.i : -1;
  const wanted = state.map.text.trim().toLowerCase(), unit = unitOf(state.map.unit);
  const crowded = MAP.points.filter((p) => p.p !== null && p.q < 0.05).length > 120;
  const order = [...MAP.points].reverse();
  for (const p of order) {
    p.x = s.px(p.other.rate * 1000) + p.aside[0] * (p.other.n ? 1 : 0.45);
    p.y = s.py(p.one.rate * 1000) + p.aside[1] * (p.one.n ? 1 : 0.45);
    p.inside = p.x >= PAD.left && p.x <= s.width - 4 && p.y >= 4 && p.y <= s.height - PAD.bottom && (p.one.n === 0 || p.y < s.height - PAD.bottom - PAD.strip + 2) && (p.other.n === 0 || p.x > PAD.left + PAD.strip - 2);
    if (!p.inside) continue;
    p.r = 2 + Math.min(4, Math.sqrt(p.one.holders + p.other.holders) * 0.5);
    const hit = wanted && p.inside && answers(unit.unit, unit.terms[p.i], wanted);
    c.globalAlpha = wanted && !hit ? 0.15 : p.p === null ? 0.5 : p.q < 0.05 ? 1 : 0.35 + Math.min(0.5, Math.abs(p.logRatio) * 0.15);
    c.fillStyle = p.p === null ? colors.none : p.logRatio > 0 ? colors.a : colors.b;
    c.beginPath(); c.arc(p.x, p.y, p.r, 0, 7); c.fill();
    if ((p.p !== null && p.q < 0.05) || p.i === chosen || hit) { c.globalAlpha = crowded && p.i !== chosen && !hit ? 0.45 : 1; c.lineWidth = p.i === chosen ? 2.5 : crowded ? 1 : 1.4; c.strokeStyle = ink; c.stroke(); }
  }
  c.globalAlpha = 1;
  labels(c, s, MAP.points, { ink, paper: colors.paper, font, chosen, wanted });
}
const rank = (p) => (p.p === null ? 0 : p.q < 0.05 ? 2e6 : 1e6) + Math.min(Math.abs(p.g2), 1e5);
function axes(c, s, soft, rule, font) {
  const bottom = s.height - PAD.bottom, [a, b] = [state.map.a, state.map.b];
  c.strokeStyle = rule; c.fillStyle = soft; c.lineWidth = 1; c.font = "12px " + font;
  c.strokeRect(PAD.left + 0.5, PAD.top + 0.5, s.width - PAD.left - PAD.right, bottom - PAD.top);
  c.beginPath(); c.moveTo(PAD.left + PAD.strip + 0.5, PAD.top); c.lineTo(PAD.left + PAD.strip + 0.5, bottom); c.moveTo(PAD.left, bottom - PAD.strip + 0.5); c.lineTo(s.width - PAD.right, bottom - PAD.strip + 0.5); c.stroke();
  c.save(); c.beginPath(); c.rect(PAD.left + PAD.strip, PAD.top, s.width - PAD.left - PAD.right - PAD.strip, bottom - PAD.top - PAD.strip); c.clip();
  c.setLineDash([3, 4]); c.beginPath(); c.moveTo(s.px(10 ** (s.low - 4)), s.py(10 ** (s.low - 4))); c.lineTo(s.px(10 ** (s.high + 4)), s.py(10 ** (s.high + 4))); c.stroke(); c.restore();
  c.textBaseline = "middle";
  for (let k = Math.floor(s.low); k <= s.high; k++) for (const m of MAP.view.zoom > 2 ? [1, 2, 5] : [1, 3]) {
    const rate = m * 10 ** k, x = s.px(rate), y = s.py(rate), label = String(Number(rate.toPrecision(1)));
    c.textAlign = "center"; if (x > PAD.left + PAD.strip + 8 && x < s.width - PAD.right - 4) c.fillText(label, x, bottom + 12);
    c.textAlign = "right"; if (y > PAD.top + 4 && y < bottom - PAD.strip - 8) c.fillText(label, PAD.left - 6, y);
  }
  c.textAlign = "center"; c.fillText("0", PAD.left + PAD.strip / 2, bottom + 12);
  c.textAlign = "right"; c.fillText("0", PAD.left - 6, bottom - PAD.strip / 2);
  c.font = "600 12px " + font; c.textAlign = "right";
  c.fillStyle = color("b"); c.fillText(`${short(GROUPS[b], 28)}, ${t("per_thousand")} →`, s.width - PAD.right, bottom + 32);
  c.save(); c.translate(12, PAD.top); c.rotate(-Math.PI / 2); c.fillStyle = color("a"); c.fillText(`${short(GROUPS[a], 28)}, ${t("per_thousand")} →`, 0, 2); c.restore();
}
function labels(c, s, order, look) {
  const unit = unitOf(state.map.unit), taken = [], most = 14 + 12 * Math.min(MAP.view.zoom, 6) + s.width / 60;
  c.textAlign = "left"; c.textBaseline = "middle"; c.lineJoin = "round";
  const first = order.filter((p) => p.i === look.chosen), rest = order.filter((p) => p.i !== look.chosen && (p.p !== null || MAP.view.zoom > 3));
  let n = 0;
  for (const p of [...first, ...rest]) {
    if (!p.inside || n >= most) continue;
    if (look.wanted && p.i !== look.chosen && !answers(unit.unit, unit.terms[p.i], look.wanted)) continue;
    const text = short(termText(unit.unit, unit.terms[p.i]), 18);
    c.font = `${p.i === look.chosen || p.q < 0.05 ? "600 " : ""}12px ${look.font}`;
    const wide = c.measureText(text).width, left = p.x + p.r + 4 + wide > s.width - 4 ? p.x - p.r - 4 - wide : p.x + p.r + 4;
    const place = [left - 5, p.y - 8, left + wide + 8, p.y + 8];
    if (p.i !== look.chosen && taken.some((o) => place[0] < o[2] && place[2] > o[0] && place[1] < o[3] && place[3] > o[1])) continue;
    taken.push(place); n++;
    c.strokeStyle = look.paper; c.lineWidth = 3; c.strokeText(text, left, p.y);
    c.fillStyle = look.ink; c.fillText(text, left, p.y);
  }
}
function zoomBy(factor, x, y) {
  const s = scale(), v = MAP.view, zoom = Math.min(Math.max(v.zoom * factor, 1), 40), f = zoom / v.zoom;
  const cx = (x ?? s.width / 2) - PAD.left - PAD.strip - s.wide / 2, cy = (y ?? s.height / 2) - PAD.top - s.tall / 2;
  MAP.view = zoom === 1 ? { x: 0, y: 0, zoom } : { zoom, x: cx - (cx - v.x) * f, y: cy - (cy - v.y) * f };
  paint();
}
function nearest(x, y, reach) {
  let best = null, least = reach * reach;
  for (const p of MAP.points) { if (!p.inside) continue; const d = (p.x - x) ** 2 + (p.y - y) ** 2 - (p.p === null ? 0 : 9); if (d < least) { least = d; best = p; } }
  return best;
}
function hear(canvas, tip) {
  const unit = unitOf(state.map.unit);
  let drag = null;
  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, view: { ...MAP.view }, far: false }; });
  canvas.addEventListener("pointermove", (event) => {
    if (drag && event.buttons && event.pointerType !== "touch") {
      const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
      if (drag.far || Math.abs(dx) + Math.abs(dy) > 5) { drag.far = true; MAP.view = { ...drag.view, x: drag.view.x + dx, y: drag.view.y + dy }; tip.hidden = true; paint(); }
      return;
    }
    const [x, y] = at(event), p = nearest(x, y, 14);
    canvas.style.cursor = p ? "pointer" : "grab";
    tip.hidden = !p;
    if (p) {
      tip.replaceChildren(h("strong", {}, said(clip(termText(unit.unit, unit.terms[p.i]), 60))), h("span", {}, `A ${p.one.counted} · B ${p.other.counted}`), h("span", {}, p.p === null ? t("legend_few") : p.one.n && p.other.n ? t("times", { x: times(p.logRatio) }) + " " + (p.logRatio > 0 ? "A" : "B") : t("only_here")));
      tip.style.left = Math.min(p.x + 12, canvas.clientWidth - 170) + "px"; tip.style.top = p.y + 12 + "px";
    }
  });
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; drag = null; });
  canvas.addEventListener("click", (event) => { const moved = drag && drag.far; drag = null; if (moved) return; const p = nearest(...at(event), 18); if (p) pick(state.map.unit, p.i, false); });
  canvas.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return; event.preventDefault(); zoomBy(Math.exp(-event.deltaY / 300), ...at(event)); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key];
    if (step) { MAP.view.x += step[0]; MAP.view.y += step[1]; paint(); }
    else if (event.key === "+" || event.key === "=") zoomBy(1.4);
    else if (event.key === "-") zoomBy(1 / 1.4);
    else if (event.key === "0") { MAP.view = { x: 0, y: 0, zoom: 1 }; paint(); }
    else return;
    event.preventDefault();
  });
}

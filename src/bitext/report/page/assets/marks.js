// Figures: SVG elements, the marks of the outlets, and places that open by click or key.
const NS = "http://www.w3.org/2000/svg";
function S(tag, props, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [key, value] of Object.entries(props || {})) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  for (const child of children.flat(3)) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}
const text = (x, y, content, cls, anchor) => S("text", { x, y, class: cls, "text-anchor": anchor }, short(content, 200));
const line_ = (x1, y1, x2, y2, cls) => S("line", { x1, y1, x2, y2, class: cls });
const rect = (x, y, width, height, cls) => S("rect", { x, y, width: Math.max(width, 0), height, class: cls });

/** Each outlet has a colour and a shape; of more than eight none is told by colour. */
const SHAPES = {
  circle: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  square: (r) => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  triangle: (r) => `M0 ${-1.1 * r}L${1.15 * r} ${0.9 * r}H${-1.15 * r}z`,
  diamond: (r) => `M0 ${-1.3 * r}L${1.3 * r} 0 0 ${1.3 * r} ${-1.3 * r} 0z`,
  down: (r) => `M0 ${1.1 * r}L${1.15 * r} ${-0.9 * r}H${-1.15 * r}z`,
  cross: (r) => { const a = 0.42 * r, b = 1.15 * r; return `M${-a} ${-b}h${2 * a}v${b - a}h${b - a}v${2 * a}h${a - b}v${b - a}h${-2 * a}v${a - b}h${a - b}v${-2 * a}h${b - a}z`; },
  hexagon: (r) => `M${-1.1 * r} 0L${-0.55 * r} ${-r}H${0.55 * r}L${1.1 * r} 0 ${0.55 * r} ${r}H${-0.55 * r}z`,
  ring: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0zM${-0.5 * r} 0a${0.5 * r} ${0.5 * r} 0 1 1 ${r} 0a${0.5 * r} ${0.5 * r} 0 1 1 ${-r} 0z`,
};
const SHAPE = Object.keys(SHAPES);
const tint = (g) => (GROUPS.length > 8 ? "o0" : "o" + (g + 1));
const mark = (g, x, y, r = 6, open) => S("path", { d: SHAPES[GROUPS.length > 8 ? "circle" : SHAPE[g]](r), transform: `translate(${x} ${y})`, class: "m " + tint(g) + (open ? " open" : ""), "data-g": g });
const glyph = (g) => S("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", class: "gl", "aria-hidden": "true" }, mark(g, 0, 0, 5.5));

const RULER = document.createElement("canvas").getContext("2d");
function measure(content, font = "13px") { RULER.font = `${font} ${getComputedStyle(document.body).fontFamily}`; return RULER.measureText(content).width; }
/** Break text into at most *most* lines of *width*; the last ends in an ellipsis where more would follow. */
function wrap(content, width, most = 2, font = "13px") {
  const parts = short(content, 240).match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g) || [];
  const lines = [""];
  for (const part of parts) {
    if (measure(lines.at(-1) + part.trimEnd(), font) <= width || !lines.at(-1)) lines[lines.length - 1] += part;
    else if (lines.length < most) lines.push(part);
    else { let last = lines.pop(); while (last && measure(last + "…", font) > width) last = last.slice(0, -1); lines.push(last.trimEnd() + "…"); return lines; }
  }
  return lines.map((one) => { let cut = one.trimEnd(); if (measure(cut, font) > width) { while (cut && measure(cut + "…", font) > width) cut = cut.slice(0, -1); cut += "…"; } return cut; });
}
const textLines = (x, y, lines, cls, anchor, leading = 15) => lines.map((one, i) => text(x, y + (i - (lines.length - 1) / 2) * leading + 4, one, cls, anchor));

/** What opens a row of a table: key is TABLE.ROW. */
function hit(key, label, x, y, width, height, ...children) {
  const row = rowOfKey(key), g = row ? row.g : -1;
  return S("g", { class: "hit", role: "button", tabindex: "-1", "data-open": key, "aria-label": label, "data-g": g >= 0 ? g : null, "data-story": row && row.story !== undefined ? row.story : null }, rect(x, y, width, height, "area"), ...children);
}
function rowOfKey(key) { const [name, row] = String(key).split("."); return T[name] && T[name].at.get(+row); }
/** A figure: one stop for the tabulator; arrow keys go from place to place, Enter opens. */
function figure(where, caption, width, height, label, ...children) {
  const svg = S("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "fig", role: "group", "aria-label": label }, ...children);
  const first = svg.querySelector(".hit");
  if (first) first.setAttribute("tabindex", "0");
  const opened = (event) => { const one = event.target.closest(".hit"); if (one) openRow(where, one.dataset.open); };
  svg.addEventListener("click", opened);
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); opened(event); return; }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key], here = event.target.closest(".hit");
    if (!way || !here) return;
    event.preventDefault();
    const middle = (one) => { const b = one.querySelector(".area").getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; };
    const [x, y] = middle(here);
    let best = null, least = Infinity;
    // Small multiples are one figure.
    for (const one of (svg.closest(".multiples") || svg).querySelectorAll(".hit")) {
      const [u, v] = middle(one), along = (u - x) * way[0] + (v - y) * way[1], aside = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
      if (one !== here && along > 1 && along + 4 * aside < least) { least = along + 4 * aside; best = one; }
    }
    if (best) { here.setAttribute("tabindex", "-1"); best.setAttribute("tabindex", "0"); best.focus(); }
  });
  return h("div", { class: "figure", "data-slot": true }, caption ? h("p", { class: "caption" }, caption) : null, h("div", { class: "across" }, svg));
}
/** The heads of the columns: mark and short name. Where names need more room than a column has, the marks alone,
 * whose key stands at the top of the page; of more than eight outlets, which share one mark, the names upright. */
const tight = (step) => GROUPS.some((_, g) => measure(brief(g), "12px") > step - 4);
const bareHeads = (step, bare) => GROUPS.length <= 8 && (bare || tight(step));
const headRoom = (step, bare) => (bareHeads(step, bare) ? 26 : tight(step) ? 26 + Math.max(...GROUPS.map((_, g) => measure(brief(g), "12px"))) : 36);
function heads(x, step, bare) {
  const room = headRoom(step, bare);
  return GROUPS.map((_, g) => {
    const middle = x + g * step + step / 2;
    if (bareHeads(step, bare)) return mark(g, middle, room - 12, 5.5);
    if (!tight(step)) return [mark(g, middle, room - 26, 5.5), text(middle, room - 6, brief(g), "tick", "middle")];
    return [mark(g, middle, room - 9, 4.5), S("text", { transform: `translate(${middle + 4} ${room - 18}) rotate(-90)`, class: "tick" }, brief(g))];
  });
}

/** Save figures: what style sheets say is written into the elements, so that the file stands alone. */
const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "fill-opacity", "opacity", "font-family", "font-size", "font-weight", "text-decoration-line"];
function standalone(svg) {
  const copy = svg.cloneNode(true), box = svg.viewBox.baseVal;
  const from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((one, i) => { const look = getComputedStyle(one); for (const name of KEPT) to[i].setAttribute(name, look.getPropertyValue(name)); for (const name of ["class", "tabindex", "data-open", "role"]) to[i].removeAttribute(name); });
  copy.setAttribute("xmlns", NS);
  copy.insertBefore(S("rect", { x: 0, y: 0, width: box.width, height: box.height, fill: getComputedStyle(document.body).backgroundColor }), copy.firstChild);
  return copy;
}
/** All figures of a section as one, beneath each other. */
function stacked(section) {
  const svgs = [...section.querySelectorAll("svg.fig")].filter((one) => !one.closest(".behind"));
  if (!svgs.length) return null;
  const whole_ = S("svg", { xmlns: NS, version: "1.1" });
  let y = 16, width = 0;
  for (const svg of svgs) {
    const part = standalone(svg), box = svg.viewBox.baseVal;
    part.setAttribute("x", 16); part.setAttribute("y", y);
    whole_.append(part);
    y += box.height + 20; width = Math.max(width, box.width);
  }
  whole_.setAttribute("width", width + 32); whole_.setAttribute("height", y); whole_.setAttribute("viewBox", `0 0 ${width + 32} ${y}`);
  whole_.insertBefore(S("rect", { width: width + 32, height: y, fill: getComputedStyle(document.body).backgroundColor }), whole_.firstChild);
  return whole_;
}
function saveFile(name, blob) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: plain(name).replace(/[\\/:*?"<>|]+/g, " ").trim() }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
function saveSvg(name, section) {
  const svg = stacked(section);
  if (svg) saveFile(name + ".svg", new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
}
function savePng(name, section) {
  const svg = stacked(section);
  if (!svg) return;
  const picture = new Image(), canvas = document.createElement("canvas"), twice = 2;
  picture.onload = () => {
    canvas.width = twice * svg.getAttribute("width"); canvas.height = twice * svg.getAttribute("height");
    const c = canvas.getContext("2d"); c.scale(twice, twice); c.drawImage(picture, 0, 0);
    canvas.toBlob((blob) => saveFile(name + ".png", blob), "image/png");
  };
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
}

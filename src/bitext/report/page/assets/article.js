// The reader: one article, with the place one came from marked.
function openArticle(a, start, end) {
  const box = $("reader"), text = ART.text[a];
  const meta = [said(clip(groupTitle(ART.group[a]), 80)), said(ART.date[a] || t("undated")), ART.author[a] && said(clip(ART.author[a], 80)), link(ART.url[a], t("open_source"))].filter(Boolean);
  const body = h("div", { class: "article", lang: ART.lang[a] === "en" ? "en" : "zh" });
  if (text !== null) paragraphs(body, text, 0, start, end);
  else {
    const parts = ART.parts[a] || [];
    body.append(h("p", { class: "notice" }, parts.length ? t("excerpt", { limit: whole(ART.limit) }) : t("excerpt_none")));
    for (let i = 0; i < parts.length; i += 2) { paragraphs(body, parts[i + 1], parts[i], start, end); body.append(h("p", { class: "gap", "aria-label": t("gap") }, "…")); }
  }
  const close = button(t("close"), () => box.close(), { class: "close" });
  box.replaceChildren(h("header", {}, h("p", { class: "meta" }, meta.map((one, i) => [i ? " · " : "", one])), close),
    h("h2", { id: "reader-title", tabindex: "-1" }, said(title(a), ART.lang[a])), body,
    h("p", { class: "file" }, said(ART.id[a])), ...(!link(ART.url[a], "") && ART.url[a] ? [h("p", { class: "file" }, said(ART.url[a]))] : []));
  if (!box.open) box.showModal();
  box.scrollTop = 0;
  const mark = box.querySelector("mark");
  if (mark) mark.scrollIntoView({ block: "center" });
  box.querySelector("h2").focus({ preventScroll: true });
}
function paragraphs(body, text, from, start, end) {
  let at = from;
  for (const line of text.split("\n")) {
    const length = size(line);
    if (line.trim()) body.append(h("p", {}, marked(line, (start ?? -1) - at, (end ?? -1) - at)));
    at += length + 1;
  }
}
function marked(line, start, end) {
  const length = size(line);
  if (!(end > 0 && start < length && end > start)) return said(line);
  const [low, high] = [Math.max(start, 0), Math.min(end, length)];
  return h("bdi", {}, pieces(cut(line, 0, low)), h("mark", {}, pieces(cut(line, low, high))), pieces(cut(line, high, length)));
}
/** A button that opens the article; *label* is its title unless given. */
const articleButton = (a, start, end, label) => button(label || said(clip(title(a), 90), ART.lang[a]), () => openArticle(a, start, end), { class: "plain", "aria-haspopup": "dialog" });

/** One concordance line: some characters on each side of the place. */
function line(a, start, end, reach) {
  const near = stretch(a, start);
  if (!near) return null;
  const wide = reach || (ART.lang[a] === "en" ? 70 : 30);
  const s = start - near.from, e = end - near.from, length = size(near.text);
  let low = Math.max(0, s - wide), high = Math.min(length, e + wide);
  let left = cut(near.text, low, s), right = cut(near.text, e, high);
  if (ART.lang[a] === "en") { if (low) left = left.replace(/^\S*\s/, ""); if (high < length) right = right.replace(/\s\S*$/, ""); }
  const flat = (text) => text.replace(/\s+/g, " ");
  return h("p", { class: "kwic", lang: ART.lang[a] }, h("bdi", {}, low ? "…" : "", pieces(flat(left)), h("mark", {}, pieces(flat(cut(near.text, s, e)))), pieces(flat(right)), high < length ? "…" : ""));
}
function lineItem(a, start, end) {
  const text = line(a, start, end);
  return text && h("li", {}, text, h("p", { class: "from" }, h("span", {}, day(a)), " ", articleButton(a, start, end)));
}

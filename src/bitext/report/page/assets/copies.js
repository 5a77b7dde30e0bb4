// Copied texts, and what was cut from them.
function drawCopies(box) {
  const rows = rowsOf(D.copies), clusters = [...new Set(rows.map((row) => row.cluster))];
  box.append(h("p", { class: "lead" }, t("copies_lead")));
  const list = h("div", { class: "copies" }), more = h("div", { class: "more" });
  const draw = (n) => {
    list.replaceChildren(...clusters.slice(0, n).map((cluster) => h("ol", { class: "cluster" }, rows.filter((row) => row.cluster === cluster).map(copyItem))));
    more.replaceChildren(...(clusters.length > n ? [button(t("show_more", { n: Math.min(50, clusters.length - n) }), () => draw(n + 50))] : []));
  };
  draw(12);
  box.append(list, more);
}
function copyItem(row) {
  const a = row.article, holder = h("div");
  const facts = row.relation === "origin" ? [t("origin")] : [t(row.relation), row.hours === null ? null : t("later", { x: num(row.hours, 2) }), t("kept", { x: percent(row.kept) }), t("fresh", { x: percent(row.new) })].filter(Boolean);
  const open = row.passages && button(t("what_cut"), () => {
    const on = !holder.firstChild;
    holder.replaceChildren(...(on ? [difference(row.passages)] : []));
    open.textContent = on ? t("hide") : t("what_cut");
    open.setAttribute("aria-expanded", String(on));
  }, { "aria-expanded": "false" });
  return h("li", {}, h("p", { class: "head" }, h("span", { class: "when" }, day(a)), group(ART.group[a]), articleButton(a)), h("p", { class: "quiet" }, facts.join(" · "), " ", open), holder);
}
function difference(flat) {
  const parts = [];
  for (let k = 0; k < flat.length; k += 3) {
    const [kind, before, after] = [flat[k], flat[k + 1], flat[k + 2]];
    if (kind === "kept") parts.push(h("span", {}, pieces(after)));
    else if (kind === "moved") parts.push(h("span", { class: "moved", title: t("moved") }, pieces(before)));
    else {
      if (before) parts.push(h("del", { "aria-label": t("cut") }, pieces(before)));
      if (after) parts.push(h("ins", { "aria-label": t("added") }, pieces(after)));
    }
  }
  return h("p", { class: "difference" }, h("bdi", {}, parts));
}

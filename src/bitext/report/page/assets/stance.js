// Stance: estimates with intervals, by voice, and the spans behind each.
function drawStance(box) {
  const rows = rowsOf({ ...Object.fromEntries(Object.entries(D.stance).filter(([key]) => key !== "evidence")) });
  const langs = [...new Set(rows.map((row) => row.lang))];
  const s = (state.stance ??= { lang: langs.length > 1 ? "" : langs[0], voice: "outlet" });
  const detail = h("div", { class: "detail", "aria-live": "polite" }), holder = h("div");
  const chosen = (list) => list.filter((row) => row.voice === s.voice && (!s.lang || row.lang === s.lang));
  const draw = () => {
    holder.replaceChildren(...profile(chosen(rows), detail, s, name));
    if (second) second.replaceChildren(h("h3", {}, t("toward")), h("p", { class: "lead" }, t("toward_lead")), ...profile(chosen(toward), detail, s, name));
  };
  const toward = D.targets ? rowsOf(D.targets).map((row) => ({ ...row, feature: row.toward, unit: "balance", hits: row.clauses, tier: "A", toward: true })) : [];
  const name = (row) => (row.toward ? termText("concept", row.feature) : named("features", row.feature));
  const second = toward.length ? h("div") : null;
  box.append(h("p", { class: "lead" }, t("stance_lead")), h("div", { class: "controls" },
    select(t("voice"), ["outlet", "source", "all"].map((v) => [v, t("voice_" + v)]), s.voice, (value) => { s.voice = value; draw(); }),
    langs.length > 1 ? select(t("lang"), [["", t("all")], ...langs.map((lang) => [lang, t(lang)])], s.lang, (value) => { s.lang = value; draw(); }) : null), holder, detail, second ?? "");
  draw();
}
function profile(rows, detail, s, name) {
  const columns = [...new Map(rows.map((row) => [row.group + "\n" + row.lang, row])).values()].sort((x, y) => GROUPS.indexOf(x.group) - GROUPS.indexOf(y.group));
  const features = [...new Set(rows.map((row) => row.feature))].filter((f) => rows.some((row) => row.feature === f && row.hits > 0));
  const table = features.map((feature) => {
    const here = rows.filter((row) => row.feature === feature);
    const ends = here.flatMap((row) => [row.value, row.low, row.high]).filter((x) => x !== null && Math.abs(x) < 1e299);
    const low = Math.min(0, ...ends), zero = low < 0 && Math.max(...ends) > 0, high = Math.max(...ends, low + 1e-9), place = (x) => (100 * (x - low)) / (high - low);
    const apart = here.some((row) => row.tier === "C") && !s.lang && new Set(columns.map((row) => row.lang)).size > 1;
    return [h("span", { class: apart ? "apart" : "" }, said(name(here[0])), h("small", {}, named("units", here[0].unit))), ...columns.map((column) => {
      const row = here.find((one) => one.group === column.group && one.lang === column.lang);
      if (!row || row.value === null) return h("span", { class: "nil", title: row ? noteText(row.note) : "" }, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "sr" }, t("not_estimable")));
      const about = `${plain(row.group)}, ${name(row)}: ${num(row.value)}` + (row.low === null ? `, ${noteText(row.note)}` : `, 95 % ${num(row.low)}–${num(row.high)}`) + `, ${t("hits")} ${row.hits}`;
      return h("button", { type: "button", class: "estimate" + (row.stable ? "" : " unstable"), title: about + (row.stable ? "" : "; " + t("unstable")), "aria-label": about.slice(0, 300), on: { click: () => showSpans(detail, row, s, name) } },
        h("span", { class: "plot" + (zero ? " signed" : "") }, zero ? h("i", { class: "zero", style: { left: place(0) + "%" } }) : null, row.low === null ? null : h("i", { class: "span", style: { left: place(row.low) + "%", width: Math.max(place(row.high) - place(row.low), 0.5) + "%" } }), h("i", { class: "point", style: { left: place(row.value) + "%" } })), h("span", { class: "value" }, num(row.value, 2)));
    })];
  });
  const several = new Set(columns.map((row) => row.lang)).size > 1;
  return [small(t("stance"), [t("feature"), ...columns.map((row) => [nameOf(row.group, 20), several ? h("small", {}, t(row.lang)) : ""])], table, "profile"), several && !s.lang ? h("p", { class: "quiet" }, t("not_comparable")) : ""];
}
/** Signs that are made of others: theirs are the spans behind them. */
const SAYING = ["say_neutral", "say_assertive", "say_conceding", "say_doubting", "deny", "directive", "no_comment", "named_evidential"];
const MADE_OF = { attribution: SAYING, attributions_per_sentence: SAYING, report_verb_valence: SAYING, quote_share: ["quote"], source_share: ["quote", ...SAYING], relay_share: SAYING, named_share: ["named_source"], role_share: ["role_source"], outlet_share: ["named_evidential"], anon_share: ["anon_source"], certainty_index: ["booster", "hedge"], evaluation_balance: ["eval_pos", "eval_neg"], single_outlet_dependence: ["named_source"] };
function showSpans(detail, row, s, name) {
  const e = D.stance.evidence, made = MADE_OF[row.feature], numbers = new Set((made || [row.feature]).map((name) => e.features.indexOf(name))), g = GROUPS.indexOf(row.group), items = [];
  for (let k = 0; k < e.feature.length; k++) {
    if (!numbers.has(e.feature[k]) || ART.group[e.article[k]] !== g || ART.lang[e.article[k]] !== row.lang) continue;
    if (s.voice !== "all" && e.voice[k] !== (s.voice === "source" ? 1 : 0)) continue;
    items.push(span(e, k));
  }
  const shown = items.filter(Boolean);
  const range = row.low === null ? t("not_estimable") + ": " + noteText(row.note) : `95 %: ${num(row.low)} – ${num(row.high)}`;
  detail.replaceChildren(h("div", { class: "panel" }, h("header", {}, h("h4", { tabindex: "-1" }, nameOf(row.group), " · ", said(name(row)), " · ", t("voice_" + s.voice)), button(t("close"), () => detail.replaceChildren(), { class: "close" })),
    h("p", {}, h("strong", {}, num(row.value)), " ", named("units", row.unit), "; ", range, "; ", t("hits"), " ", whole(row.hits), "; ", t("articles"), ` ${row.articles} / ${row.group_size}`, row.stable ? "" : "; " + t("unstable"), "."),
    row.toward ? h("p", { class: "quiet" }, t("clauses_of", { n: row.clauses, up: row.positive, down: row.negative })) : shown.length ? [h("p", { class: "quiet" }, made ? t("made_of", { list: made.map((one) => named("features", one)).join(state.lang === "zh" ? "、" : ", ") }) : t("evidence_of", { n: shown.length, of: whole(Math.max(row.hits, shown.length)) })), h("ul", { class: "concordance spans" }, shown)] : h("p", { class: "quiet" }, t("evidence_none"))));
  detail.querySelector("h4").focus({ preventScroll: true });
  detail.scrollIntoView({ block: "nearest" });
}
function span(e, k) {
  const a = e.article[k], near = stretch(a, e.from[k]);
  if (!near) return null;
  const at = (offset) => Math.max(offset - near.from, 0);
  const part = (x, y) => pieces(cut(near.text, at(x), at(y)).replace(/\s+/g, " "));
  const source = e.sources[e.source[k]];
  return h("li", {}, h("p", { class: "kwic", lang: ART.lang[a] }, h("bdi", {}, part(e.from[k], e.start[k]), h("mark", {}, part(e.start[k], e.end[k])), part(e.end[k], e.to[k]))),
    h("p", { class: "from" }, h("span", {}, day(a)), " ", articleButton(a, e.start[k], e.end[k]), source ? [" · ", around("said_by", "s", said(clip(source, 60)))] : "", e.negated[k] ? [" · ", t("negated")] : ""));
}

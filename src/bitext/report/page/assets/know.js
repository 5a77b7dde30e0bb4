// How we know: what the words of strength mean, what was read and taken out, the run.
function drawKnow(box) {
  const part = (id, label, ...children) => h("details", { class: "fact", id }, h("summary", {}, label), ...children);
  const facts = (map) => h("dl", { class: "facts" }, Object.entries(map).map(([key, value]) => [h("dt", {}, said(key)), h("dd", {}, said(typeof value === "object" ? JSON.stringify(value) : value))]));
  const total = Object.values(ART.all).reduce((x, y) => x + y, 0), full = ART.text.filter((one) => one !== null).length, g = D.groups;
  const note = total > ART.id.length ? "texts_chosen" : ART.limit === null ? "texts_all" : "texts_some";
  const r = D.removed, removed = r.n.reduce((x, y) => x + y, 0), run = D.run;
  box.append(
    part("know-strength", t("know_strength"), h("dl", { class: "strengthlist" }, Object.keys(MARKS).map((key) => [h("dt", {}, MARKS[key] + " " + named("strengths", key)), h("dd", {}, t("means_" + key.replace(/ /g, "_")))]))),
    part("know-read", t("know_read", { n: whole(total), words: whole(g.words.reduce((x, y) => x + y, 0)) }), h("p", { class: "quiet" }, t(note, { n: whole(full), of: whole(total), limit: whole(ART.limit ?? 0), here: whole(ART.id.length) })),
      small(t("know_read", { n: whole(total), words: whole(g.words.reduce((x, y) => x + y, 0)) }), [D.by === "outlet" ? t("outlet") : t("group"), t("articles"), t("words"), t("languages"), t("dates")], GROUPS.map((_, i) => [[glyph(i), " ", group(i)], whole(g.articles[i]), whole(g.words[i]), g.languages[i].replace(/\b(zh|en|undecided)\b/g, (lang) => t(lang)), daySpan(g.first_date[i], g.last_date[i])])),
      D.problems.file && D.problems.file.length ? small(t("problems"), [t("source"), t("problem")], rowsOf(D.problems).map((row) => [said(clip(row.file, 200)), said(clip(row.problem, 300))])) : h("p", { class: "quiet" }, t("no_problems"))),
    part("know-removed", t("know_removed", { n: whole(removed) }), r.kind.length ? small(t("removed"), [t("kind"), t("pieces"), t("characters")], rowsOf(r).map((row) => [named("kinds", row.kind), whole(row.n), whole(row.characters)])) : null),
    part("know-run", t("know_run"), facts(run.parameters || {}), facts({ bitext: run.bitext || D.version, ...run.versions }), h("details", {}, h("summary", {}, t("full_record")), h("pre", { tabindex: "0" }, pieces(JSON.stringify(run, null, 1))))),
  );
}

// What was read.
function drawCorpus(box) {
  const g = D.groups, sum = (list) => list.reduce((x, y) => x + y, 0);
  const langs = ART.all, total = sum(Object.values(langs));
  const figures = [[whole(total), t("articles")], [whole(GROUPS.length), D.by === "outlet" ? t("outlets") : t("groups")], [whole(sum(g.words)), t("words")],
    ...Object.entries(langs).map(([lang, n]) => [whole(n), t(lang)]), [whole(D.tables.removed || 0), t("pieces")], [whole(D.tables.problems || 0), t("problems")]];
  box.append(h("p", { class: "lead" }, t("read_lead")), h("dl", { class: "figures" }, figures.map(([n, label]) => h("div", {}, h("dt", {}, label), h("dd", {}, n)))));
  const days = [...g.first_date, ...g.last_date].filter(Boolean).map((d) => Date.parse(d.slice(0, 10))), low = Math.min(...days), high = Math.max(...days);
  const share = (d) => (high > low ? (100 * (Date.parse(d.slice(0, 10)) - low)) / (high - low) : 0);
  const bar = (i) => (g.first_date[i] ? h("span", { class: "range" }, h("span", { style: { left: share(g.first_date[i]) + "%", width: Math.max(share(g.last_date[i]) - share(g.first_date[i]), 1.5) + "%" } })) : null);
  const rows = GROUPS.map((name, i) => ({ i, name, articles: g.articles[i], words: g.words[i], languages: g.languages[i], scripts: g.scripts[i], first_date: g.first_date[i], last_date: g.last_date[i] }));
  box.append(sortable({ caption: t("read"), rows, sort: "name", descending: false, columns: [
    { key: "name", label: D.by === "outlet" ? t("outlet") : t("group"), first: true, cell: (r) => group(r.i) },
    { key: "articles", label: t("articles"), num: true }, { key: "words", label: t("words"), num: true, cell: (r) => whole(r.words) },
    { key: "languages", label: t("languages"), cell: (r) => r.languages.replace(/\b(zh|en|undecided)\b/g, (lang) => t(lang)) },
    { key: "scripts", label: t("scripts"), cell: (r) => r.scripts.replace(/Han[st]/g, (script) => t(script)) },
    { key: "first_date", label: t("dates"), cell: (r) => h("span", { class: "dates" }, (r.first_date || "–").slice(0, 10) + (r.last_date && r.last_date !== r.first_date ? " – " + r.last_date.slice(5, 10) : ""), bar(r.i)) }] }).element);
  const fullTexts = ART.text.filter((text) => text !== null).length;
  const note = total > ART.id.length ? "texts_chosen" : ART.limit === null ? "texts_all" : "texts_some";
  box.append(h("p", { class: "notice" }, t(note, { n: whole(fullTexts), of: whole(total), limit: whole(ART.limit ?? 0), here: whole(ART.id.length) })));
  const r = D.removed;
  if (r.kind.length) {
    const most = Math.max(...r.n);
    box.append(h("h3", {}, t("removed")), h("p", { class: "lead" }, t("removed_lead")), sortable({ caption: t("removed"), sort: "n", rows: rowsOf(r), columns: [
      { key: "kind", label: t("kind"), first: true, cell: (row) => named("kinds", row.kind) },
      { key: "n", label: t("pieces"), num: true, cell: (row) => [h("span", { class: "bar" }, h("span", { style: { width: (100 * row.n) / most + "%" } })), h("span", { class: "barnum" }, whole(row.n))] },
      { key: "characters", label: t("characters"), num: true, cell: (row) => whole(row.characters) },
      ...(GROUPS.length <= 8 ? GROUPS.map((name, i) => ({ key: "g" + i, label: short(name, 16), num: true, value: (row) => row.groups[i], cell: (row) => (row.groups[i] ? whole(row.groups[i]) : h("span", { class: "nil" }, "·")) })) : [])] }).element);
  }
  box.append(h("h3", {}, t("problems")));
  if (!D.problems.file.length) box.append(h("p", { class: "lead" }, t("no_problems")));
  else box.append(sortable({ caption: t("problems"), rows: rowsOf(D.problems), columns: [{ key: "file", label: t("source"), first: true, cell: (row) => h("span", { class: "long" }, said(clip(row.file, 300))) }, { key: "problem", label: t("problem"), cell: (row) => h("span", { class: "long" }, said(clip(row.problem, 300))) }] }).element);
}

// Tables that sort; long ones grow by a button.
const FIRST_ROWS = 20;

/** Save rows as a CSV file; a cell that a spreadsheet would run as a formula gets an apostrophe. */
function download(name, rows) {
  const quoted = (cell) => { const text = String(cell ?? ""), safe = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text; return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe; };
  saveFile(name + ".csv", new Blob(["\ufeff" + rows.map((cells) => cells.map(quoted).join(",")).join("\r\n")], { type: "text/csv" }));
}
/** A table of rows that open in place. *where* is the section, *name* the table, *keys* its columns. */
function sortable(where, name, keys, rows, first, caption) {
  let shown = FIRST_ROWS, by = "", down = false;
  const body = h("tbody"), more = h("div", { class: "more" }), status = h("span", { class: "count", "aria-live": "polite" });
  const numeric = (key) => rows.some((row) => typeof valueOf(row, key) === "number");
  const heads_ = keys.map((key) => h("th", { scope: "col", class: numeric(key) ? "num" : null }, named("columns", key), h("span", { class: "arrow", "aria-hidden": "true" })));
  // One stop for the tabulator: the choice of the column to sort by.
  const order = select(t("sort_by"), [["", t("as_ranked")], ...keys.flatMap((key) => [["+" + key, named("columns", key) + " ↑"], ["-" + key, named("columns", key) + " ↓"]])], "", (key) => { by = key.slice(1); down = key[0] === "-"; draw(); });
  const ordered = () => {
    if (!by) return down ? [...rows].reverse() : rows;
    const missing = (x) => x === null || x === undefined || x === "";
    return rows.map((row, i) => [valueOf(row, by), i, row]).sort((x, y) => {
      if (missing(x[0]) || missing(y[0])) return missing(x[0]) - missing(y[0]) || x[1] - y[1];
      return (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0) * (down ? -1 : 1) || x[1] - y[1];
    }).map((one) => one[2]);
  };
  function draw() {
    heads_.forEach((th, i) => { const on = keys[i] === by; if (on) th.setAttribute("aria-sort", down ? "descending" : "ascending"); else th.removeAttribute("aria-sort"); th.querySelector(".arrow").textContent = on ? (down ? "↓" : "↑") : ""; });
    body.replaceChildren(...ordered().slice(0, shown).map((row) => h("tr", { "data-g": row.g >= 0 ? row.g : null }, keys.map((key) => {
      const value = cellText(name, row, key), inner = said(clip(value, 120), zhOf(String(value)));
      if (key === first) return h("th", { scope: "row" }, h("button", { type: "button", class: "plain", tabindex: "-1", "aria-expanded": "false", "data-open": name + "." + row.row, on: { click: () => openRow(where, name + "." + row.row) } }, inner));
      return h("td", { class: numeric(key) ? "num" : null }, ["group", "outlet", "target"].includes(key) && row.g >= 0 ? [glyph(row.g), " ", inner] : inner);
    }))));
    body.querySelector("button.plain")?.setAttribute("tabindex", "0");
    more.replaceChildren(...(rows.length > shown ? [button(t("show_more", { n: Math.min(rows.length - shown, 100) }), () => { shown += 100; draw(); filtered(); })] : []));
    status.textContent = t("rows_shown", { n: whole(Math.min(shown, rows.length)), of: whole(rows.length) });
  }
  body.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = [...body.querySelectorAll("th > button.plain")], at = all.indexOf(event.target);
    if (!step || at < 0 || !all[at + step]) return;
    event.preventDefault();
    all[at].setAttribute("tabindex", "-1"); all[at + step].setAttribute("tabindex", "0"); all[at + step].focus();
  });
  draw();
  const element = h("div", { class: "sortable" }, h("p", { class: "tablehead" }, status, order, button("CSV", () => download(name, [keys, ...ordered().map((row) => keys.map((key) => valueOf(row, key)))]), { class: "plain csv", "aria-label": "CSV: " + caption })), h("div", { class: "across" }, h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads_)), body)), more);
  return { element, reveal(key) { const at = ordered().findIndex((row) => name + "." + row.row === key); if (at >= shown) { shown = at + 1; draw(); } } };
}
/** A small table without sorting: head is a list of labels, rows lists of cells; the first cell heads its row. */
function small(caption, head, rows, classes) {
  return h("div", { class: "across" }, h("table", { class: classes || null }, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, head.map((label, i) => h("th", { scope: "col", class: i ? "num" : null }, label)))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, i) => (i ? h("td", { class: "num" }, cell) : h("th", { scope: "row" }, cell))))))));
}

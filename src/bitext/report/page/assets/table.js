// Tables that sort; long ones grow by a button.
const FIRST_ROWS = 20;

/** Save rows as a CSV file; a cell that a spreadsheet would run as a formula gets an apostrophe. */
function download(name, rows) {
  const quoted = (cell) => { const text = String(cell ?? ""), safe = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text; return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe; };
  const address = URL.createObjectURL(new Blob(["\ufeff" + rows.map((cells) => cells.map(quoted).join(",")).join("\r\n")], { type: "text/csv" }));
  h("a", { href: address, download: plain(name).replace(/[\\/:*?"<>|]+/g, " ").trim() + ".csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
/** columns: [{key, label, num, value(row), cell(row), help, first}]; returns {element, update(rows)}. */
function sortable({ columns, rows, caption, sort, descending, compact }) {
  let shown = FIRST_ROWS, list = rows, by = sort, down = descending ?? true;
  const body = h("tbody"), more = h("div", { class: "more" }), status = h("span", { class: "count", "aria-live": "polite" });
  const heads = columns.map((column) => {
    const label = h("button", { type: "button", class: "sort", title: column.help || t("sort_by", { c: column.label }), on: { click: () => {
      if (by === column.key) down = !down; else { by = column.key; down = !!column.num; }
      shown = Math.max(FIRST_ROWS, Math.min(shown, 100)); draw();
    } } }, column.label, h("span", { class: "arrow", "aria-hidden": "true" }));
    return h("th", { scope: "col", class: column.num ? "num" : null }, label);
  });
  const head = h("thead", {}, h("tr", {}, heads));
  const element = h("div", { class: "sortable" }, h("p", { class: "tablehead" }, status, button("CSV", () => download(caption, [columns.map((one) => one.label), ...ordered().map((row) => columns.map((one) => (one.value ? one.value(row) : row[one.key])))]), { class: "plain csv", "aria-label": "CSV: " + caption })), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", { class: compact ? "compact" : null }, h("caption", { class: "quiet" }, caption), head, body)), more);
  function ordered() {
    const column = columns.find((one) => one.key === by);
    if (!column) return list;
    const value = column.value || ((row) => row[column.key]);
    const missing = (x) => x === null || x === undefined || Number.isNaN(x);
    const sign = down ? -1 : 1;
    return list.map((row, i) => [value(row), i, row]).sort((x, y) => {
      if (missing(x[0]) || missing(y[0])) return missing(x[0]) - missing(y[0]) || x[1] - y[1];
      const order = x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0;
      return order * sign || x[1] - y[1];
    }).map((one) => one[2]);
  }
  function draw() {
    heads.forEach((th, i) => {
      const on = columns[i].key === by;
      if (on) th.setAttribute("aria-sort", down ? "descending" : "ascending"); else th.removeAttribute("aria-sort");
      th.querySelector(".arrow").textContent = on ? (down ? "↓" : "↑") : "";
    });
    body.replaceChildren(...ordered().slice(0, shown).map((row) => h("tr", {}, columns.map((column) => {
      const inner = column.cell ? column.cell(row) : column.num ? num(row[column.key]) : said(row[column.key]);
      return column.first ? h("th", { scope: "row" }, inner) : h("td", { class: column.num ? "num" : null }, inner);
    }))));
    const left = list.length - shown;
    more.replaceChildren(...(left > 0 ? [button(t("show_more", { n: Math.min(left, 100) }), () => { shown += 100; draw(); })] : []));
    status.textContent = t("rows_shown", { n: whole(Math.min(shown, list.length)), of: whole(list.length) });
  }
  draw();
  return { element, update(rows_) { list = rows_; shown = FIRST_ROWS; draw(); } };
}
/** A small table without sorting: head is a list of labels, rows lists of cells; the first cell heads its row. */
function small(caption, head, rows, classes) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", { class: classes || null }, h("caption", { class: "quiet" }, caption),
    h("thead", {}, h("tr", {}, head.map((label, i) => h("th", { scope: "col", class: i ? "num" : null }, label)))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, i) => (i ? h("td", { class: "num" }, cell) : h("th", { scope: "row" }, cell))))))));
}

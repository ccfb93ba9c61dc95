"use strict";
// The report's behaviour. All text from documents goes into text nodes, never into markup.
(() => {
  const RELATIONS = { "=": "", "~": "≈ ", "<~": "≲ ", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ " };
  const CHUNK = 100; // rows that are made at a time
  const MOST_SERIES = 6;
  const SVG = "http://www.w3.org/2000/svg";
  // As in the CSV export: text that a spreadsheet would run as a formula gets an apostrophe in front.
  const FORMULA = /^[=+\-@\t\r'＝＋－＠]/;

  const $ = (selector) => document.querySelector(selector);
  const data = JSON.parse($("#data").textContent);
  const columnAt = Object.fromEntries(data.columns.map(([name], index) => [name, index]));

  // ------------------------------------------------------------------------------------------------------ the facts

  class Fact {
    constructor(number, documentNumber, cells) {
      this.number = number;
      this.document = documentNumber;
      this.cells = cells;
      this.spans = [];
      this.row = null;
    }

    get(column) {
      return this.cells[columnAt[column]] ?? "";
    }

    /** The text that a search looks through. */
    get haystack() {
      this.found ??= ["indicator_name", "indicator_text", "indicator_id", "quantity_text", "subject_text", "period_text",
        "period_label", "comparison_text", "scope", "evidence_text", "rule", "id"]
        .map((column) => this.get(column)).join("\n").toLowerCase();
      return this.found;
    }

    get measure() {
      return this.get("of") ? `${this.get("measure")} of ${this.get("of")}` : this.get("measure");
    }

    get value() {
      return RELATIONS[this.get("quantity_relation")] + range(this.get("quantity_value"), this.get("quantity_upper"));
    }

    get period() {
      return this.get("period_label") || this.get("period_text");
    }

    get comparison() {
      return [this.get("comparison_kind"), this.get("comparison_period")].filter(Boolean).join(" ");
    }

    get title() {
      return [this.get("indicator_name") || "(no indicator)", this.get("quantity_text")].join("  ");
    }
  }

  /** A figure with its digits in groups: "-12345.6" is "−12,345.6". */
  function grouped(figure) {
    const [whole, ...fraction] = figure.replace("-", "−").split(".");
    return [/e/i.test(figure) ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ","), ...fraction].join(".");
  }

  function range(from, to) {
    return to ? `${grouped(from)} – ${grouped(to)}` : grouped(from);
  }

  const facts = [];
  const spans = []; // { role, facts, elements }
  const marks = []; // the elements in text order

  function read() {
    data.documents.forEach((each, number) => {
      const firstFact = facts.length;
      each.firstSpan = spans.length;
      each.facts.forEach((cells) => facts.push(new Fact(facts.length, number, cells)));
      each.count = facts.length - firstFact;
      each.spans.forEach(([role, own]) => {
        const span = { role, facts: own.map((fact) => facts[firstFact + fact]), elements: [], off: false };
        span.facts.forEach((fact) => fact.spans.push(span));
        spans.push(span);
      });
    });
  }

  // ------------------------------------------------------------------------------------------------------- elements

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function drawn(tag, attributes = {}, ...children) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function say(message) {
    $("#said").textContent = message;
  }

  function plural(count, word) {
    return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
  }

  function documentName(number) {
    return data.documents[number].name ?? "standard input";
  }

  // ------------------------------------------------------------------------------------------------------- the text

  const spanOf = new WeakMap(); // mark → span

  function buildText() {
    data.documents.forEach((each, number) => {
      const article = element("article", { class: "document", "data-document": number });
      article.append(element("h2", {}, documentName(number)));
      const body = element("div", { lang: "zh" });
      each.lines.forEach((nodes) => {
        const line = element("p", { class: nodes.length ? "line" : "line empty" });
        nodes.forEach((node) => line.append(rendered(node, each.firstSpan)));
        body.append(line);
      });
      article.append(body);
      if (!each.count) article.append(element("p", { class: "detail-section" }, "No facts in this document."));
      $("#documents").append(article);
      each.lines = null;
    });
    if (!data.documents.length) $("#documents").append(element("p", { class: "document" }, "No documents."));
    if (marks.length) marks[0].tabIndex = 0;
  }

  function rendered(node, firstSpan) {
    if (typeof node === "string") return document.createTextNode(node);
    const [number, ...within] = node;
    const span = spans[firstSpan + number];
    const mark = document.createElement("mark");
    mark.setAttribute("role", "link"); // unlike a button, a link may hold others
    mark.tabIndex = -1;
    marks.push(mark);
    within.forEach((each) => mark.append(rendered(each, firstSpan)));
    const inner = mark.querySelector("mark");
    mark.className = span.role + (inner ? (inner.matches(".around, .far-around") ? " far-around" : " around") : "");
    span.elements.push(mark);
    spanOf.set(mark, span);
    return mark;
  }

  /** Select a fact of a mark: of several that are shown, the one after that which is selected. */
  function selectMark(mark) {
    const candidates = spanOf.get(mark).facts.filter((fact) => shown.has(fact));
    if (!candidates.length) return;
    select(candidates[(candidates.indexOf(selected) + 1) % candidates.length], "text");
  }

  function describe(mark) {
    const { role, facts: own } = spanOf.get(mark);
    mark.setAttribute("aria-description", `${role} of ${own.length === 1 ? own[0].title : plural(own.length, "fact")}`);
  }

  // ------------------------------------------------------------------------------------------------------ the table

  const TABLE = [
    ["Indicator", (fact) => fact.get("indicator_name"), "indicator-cell", true],
    ["Measure", (fact) => fact.measure, "word"],
    ["Value", (fact) => fact.value, "number"],
    ["Unit", (fact) => fact.get("quantity_unit"), "unit-cell", true],
    ["Subject", (fact) => fact.get("subject_text"), "subject-cell", true],
    ["Period", (fact) => fact.period, "word", true],
    ["Compared", (fact) => fact.comparison, "word"],
    ["Status", (fact) => fact.get("status"), "word status"],
    ["Scope", (fact) => fact.get("scope"), "scope-cell", true],
  ];
  const body = $("tbody");
  const factOf = new WeakMap(); // row → fact
  let listed = []; // the facts that are shown, in order
  let [rowsFrom, rowsTo] = [0, 0]; // those of them that have a row in the table

  function buildHead() {
    $("thead tr").append(...TABLE.map(([label, , kind]) =>
      element("th", { role: "columnheader", scope: "col", class: kind === "number" ? "number" : "" }, label)));
    $("table").setAttribute("aria-colcount", TABLE.length);
  }

  function rowOf(fact) {
    if (fact.row) return fact.row;
    const row = element("tr", { role: "row", tabindex: "-1", "aria-selected": fact === selected });
    for (const [label, content, kind, isChinese] of TABLE) {
      const cell = element("td", { role: "gridcell", class: kind, "data-label": label });
      const text = content(fact);
      if (text) cell.textContent = text;
      if (kind.includes("status")) cell.classList.add(text);
      if (isChinese) cell.lang = "zh";
      row.append(cell);
    }
    factOf.set(row, fact);
    fact.row = row;
    return row;
  }

  function listFacts() {
    listFrom(0);
    $("table").setAttribute("aria-rowcount", listed.length + 1);
    $("#table-box").hidden = !listed.length;
    $("#none").hidden = listed.length > 0;
    $("#none").textContent = facts.length ? "No fact matches the filters." : "No facts were found.";
  }

  /** Begin the table anew, at the fact in the place `first`: thousands of rows at once would take a while. */
  function listFrom(first) {
    body.replaceChildren();
    [rowsFrom, rowsTo] = [first, first];
    makeRows(first + CHUNK);
    $("#earlier").hidden = first === 0;
    $("#earlier").textContent = `${plural(first, "earlier fact")}`;
  }

  /** See that the facts up to the place `end` have rows. */
  function makeRows(end) {
    const goal = Math.min(end, listed.length);
    const rows = [];
    for (; rowsTo < goal; rowsTo++) {
      const row = rowOf(listed[rowsTo]);
      row.tabIndex = -1;
      row.setAttribute("aria-rowindex", rowsTo + 2);
      rows.push(row);
    }
    body.append(...rows);
    if (body.rows.length && !body.querySelector('tr[tabindex="0"]')) {
      (selected?.row?.isConnected ? selected.row : body.rows[0]).tabIndex = 0;
    }
  }

  function bringRow(fact) {
    const place = listed.indexOf(fact);
    if (place < 0) return null;
    if (place < rowsFrom || place > rowsTo + CHUNK) listFrom(Math.max(0, place - CHUNK / 2));
    else makeRows(place + CHUNK / 2);
    return fact.row;
  }

  function showEarlier() {
    const place = rowsFrom;
    const first = listed[place].row;
    listFrom(Math.max(0, place - CHUNK));
    makeRows(place + CHUNK);
    first.scrollIntoView({ block: "nearest" });
    first.focus({ preventScroll: true });
  }

  // ------------------------------------------------------------------------------------------------------ selection

  let selected = null;

  /** Show `fact` everywhere; `from` (text, table, chart or detail) is where the reader is: a text does not jump. */
  function select(fact, from) {
    const before = selected;
    selected = fact;
    if (before && before !== fact) setSelected(before, false);
    showDetail();
    if (!fact) return;
    setSelected(fact, true);
    const row = bringRow(fact);
    if (row) makeTabStop(body.querySelectorAll('tr[tabindex="0"]'), row);
    row?.scrollIntoView({ block: "nearest" }); // also of a row just clicked: the detail may lie over it now
    if (from !== "text") quantityMark(fact)?.scrollIntoView({ block: "center" });
    say(`Selected: ${[fact.get("subject_text"), fact.title, fact.period, fact.get("status")].filter(Boolean).join(", ")}`);
  }

  function setSelected(fact, on) {
    fact.row?.setAttribute("aria-selected", on);
    for (const span of fact.spans) span.elements.forEach((mark) => mark.classList.toggle("on", on));
    for (const point of document.querySelectorAll(`.point[data-fact="${fact.number}"]`)) point.classList.toggle("on", on);
  }

  function quantityMark(fact) {
    return fact.spans.find((span) => span.role === "quantity")?.elements[0];
  }

  function makeTabStop(before, now) {
    for (const each of before) each.tabIndex = -1;
    now.tabIndex = 0;
  }

  // --------------------------------------------------------------------------------------------------------- detail

  function showDetail() {
    const panel = $("#detail");
    panel.hidden = !selected;
    document.body.classList.toggle("has-detail", Boolean(selected));
    if (!selected) return;
    panel.replaceChildren(detailTop(selected), ...evidence(selected), detailList(selected));
    panel.scrollTop = 0;
  }

  function detailTop(fact) {
    const place = listed.indexOf(fact);
    const button = (label, title, action, off = false) => {
      const made = element("button", { type: "button", title, "aria-label": title }, label);
      made.disabled = off;
      made.addEventListener("click", action);
      return made;
    };
    const go = (step) => () => {
      select(listed[place + step], "detail");
      const again = $(`#detail [title="${step < 0 ? "Previous fact" : "Next fact"}"]`);
      (again.disabled ? $("#detail") : again).focus();
    };
    return element("div", { class: "detail-top" },
      element("h2", { lang: "zh" }, fact.title),
      element("div", { class: "detail-buttons" },
        button("‹", "Previous fact", go(-1), place <= 0),
        button("›", "Next fact", go(1), place < 0 || place === listed.length - 1),
        button("In text", "Show in the text", () => visit("text", quantityMark(fact))),
        button("In table", "Show in the table", () => visit("facts", bringRow(fact)), place < 0),
        button("Close", "Close (Escape)", () => release())));
  }

  function evidence(fact) {
    const made = [];
    const [before, ...after] = fact.get("evidence_text").split(fact.get("quantity_text"));
    const text = element("p", { class: "detail-evidence", lang: "zh" }, before);
    if (after.length) text.append(element("b", {}, fact.get("quantity_text")), after.join(fact.get("quantity_text")));
    const section = JSON.parse(fact.get("evidence_section") || "[]");
    if (section.length) made.push(element("p", { class: "detail-section", lang: "zh" }, section.join(" › ")));
    return [...made, text];
  }

  function detailList(fact) {
    const get = (column) => fact.get(column);
    const dates = [...new Set([get("period_start_date"), get("period_end_date")].filter(Boolean))].join(" to ");
    const alternatives = JSON.parse(get("quantity_also") || "[]");
    const fields = [
      ["Indicator", get("indicator_name"), [get("indicator_id"), different(get("indicator_text"), get("indicator_name"))]],
      ["Measure", fact.measure],
      ["Value", `${fact.value} ${get("quantity_unit")}`, [get("quantity_text")]],
      ["Base value", `${range(get("quantity_base_value"), get("quantity_base_upper"))} ${get("quantity_base_unit")}`, [get("quantity_dimension")]],
      ["Also", alternatives.map((each) => each.text).join(", ")],
      ["Subject", get("subject_text"), [get("subject_type"), get("subject_code"), origin(get("subject_origin"))]],
      ["Period", fact.period, [different(get("period_text"), fact.period), different(dates, fact.period), origin(get("period_origin"))]],
      ["Comparison", fact.comparison, [get("comparison_text")]],
      ["Status", get("status")],
      ["Scope", get("scope")],
      ["Rule", get("rule"), [], true],
      ["Id", get("id"), [], true],
      ["Document", documentName(fact.document)],
    ];
    return element("dl", {}, ...fields.filter(([, value]) => value).map(([label, value, notes = [], isCode = false]) => {
      const told = element("dd", isCode ? { class: "code" } : { lang: "zh" }, value);
      const note = notes.filter(Boolean).join(" · ");
      if (note) told.append(element("small", {}, note));
      return element("div", {}, element("dt", {}, label), told);
    }));
  }

  function different(text, from) {
    return text === from ? "" : text;
  }

  function origin(where) {
    return where && `found: ${where}`;
  }

  /** Go to where a fact stands, also on a phone, where only one view is seen. */
  function visit(view, target) {
    setView(view);
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  }

  function release() {
    const inDetail = $("#detail").contains(document.activeElement);
    const row = selected?.row;
    select(null);
    if (inDetail && row?.isConnected) row.focus({ preventScroll: true });
  }

  function setView(view) {
    document.body.dataset.view = view;
    for (const button of document.querySelectorAll(".views button")) {
      button.setAttribute("aria-pressed", button.dataset.view === view);
    }
    if (view === "facts") drawChart();
  }

  // -------------------------------------------------------------------------------------------------------- filters

  const FILTERS = [
    { name: "document", all: "All documents", of: (fact) => documentName(fact.document) },
    { name: "indicator", all: "All indicators", of: (fact) => fact.get("indicator_name") },
    { name: "subject", all: "All subjects", of: (fact) => fact.get("subject_text") },
    { name: "measure", all: "All measures", of: (fact) => fact.get("measure") },
    { name: "status", all: "All statuses", of: (fact) => fact.get("status") },
  ];
  let shown = new Set();

  function buildFilters() {
    for (const filter of FILTERS) {
      const label = $(`[data-filter="${filter.name}"]`);
      filter.select = label.querySelector("select");
      filter.values = [];
      const numbers = new Map();
      filter.numbers = facts.map((fact) => {
        const value = filter.of(fact);
        if (!numbers.has(value)) numbers.set(value, filter.values.push(value) - 1);
        return numbers.get(value);
      });
      filter.chosen = null;
      label.hidden = filter.name === "document" && data.documents.length < 2;
      filter.select.addEventListener("change", () => {
        filter.chosen = filter.select.value === "" ? null : Number(filter.select.value);
        applyFilters();
      });
    }
    $("#search").addEventListener("input", applyFilters);
    $("#search").addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
    $("#clear").addEventListener("click", () => {
      $("#search").value = "";
      for (const filter of FILTERS) filter.chosen = null;
      applyFilters();
      $("#search").focus();
    });
  }

  function applyFilters() {
    const terms = $("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = FILTERS.map((filter) => new Array(filter.values.length).fill(0));
    listed = [];
    for (const fact of facts) {
      if (!terms.every((term) => fact.haystack.includes(term))) continue;
      const against = FILTERS.filter(({ chosen, numbers }) => chosen !== null && numbers[fact.number] !== chosen);
      if (!against.length) listed.push(fact);
      // A filter's counts tell what each of its choices would show: what the other filters let through.
      FILTERS.forEach((filter, index) => {
        if (!against.length || (against.length === 1 && against[0] === filter)) counts[index][filter.numbers[fact.number]]++;
      });
    }
    shown = new Set(listed);
    FILTERS.forEach((filter, index) => offer(filter, counts[index]));
    $("#clear").disabled = !terms.length && FILTERS.every((filter) => filter.chosen === null);
    $("#download").disabled = !listed.length;
    dimMarks();
    showDocuments();
    listFacts();
    showCharts();
    if (selected) shown.has(selected) ? showDetail() : select(null);
    $("#count").textContent = listed.length === facts.length
      ? `${plural(facts.length, "fact")} in ${plural(data.documents.length, "document")}`
      : `${listed.length.toLocaleString("en")} of ${plural(facts.length, "fact")}`;
  }

  function offer(filter, counts) {
    const offered = counts.map((count, number) => ({ count, number })).filter(({ count, number }) => count || number === filter.chosen);
    offered.sort((one, other) => other.count - one.count || one.number - other.number);
    const options = offered.map(({ count, number }) => {
      const option = document.createElement("option");
      option.value = number;
      option.textContent = `${filter.values[number] || "(none)"} (${count})`;
      return option;
    });
    filter.select.replaceChildren(element("option", { value: "" }, filter.all), ...options);
    filter.select.value = filter.chosen ?? "";
    filter.select.classList.toggle("set", filter.chosen !== null);
  }

  function dimMarks() {
    for (const span of spans) {
      const off = !span.facts.some((fact) => shown.has(fact));
      if (off === span.off) continue;
      span.off = off;
      for (const mark of span.elements) mark.classList.toggle("off", off);
    }
  }

  function showDocuments() {
    const { chosen, values } = FILTERS[0];
    for (const article of document.querySelectorAll("article")) {
      article.hidden = chosen !== null && documentName(Number(article.dataset.document)) !== values[chosen];
    }
  }

  // ---------------------------------------------------------------------------------------------------------- chart

  let charts = new Map(); // title → points
  let chartChosen = null;

  /** Only what can be compared is in one chart: the same indicator, measure, unit, base, and length of period. */
  function chartKey(fact) {
    const notes = [fact.measure, fact.comparison, fact.get("scope"), periodKind(fact.get("period_label"))];
    return `${fact.get("indicator_name")} · ${notes.filter(Boolean).join(" · ")} · ${fact.get("quantity_base_unit")}`;
  }

  function periodKind(label) {
    const shape = label.replace(/\d{4}/g, "YYYY");
    const kinds = [[/^YYYY$/, "by year"], [/^YYYY-H\d$/, "by half-year"], [/^YYYY-Q\d$/, "by quarter"], [/^YYYY-\d\d$/, "by month"], [/^YYYY-\d\d-\d\d$/, "by day"]];
    return kinds.find(([pattern]) => pattern.test(shape))?.[1] ?? shape.replaceAll("YYYY-", "").replaceAll("YYYY", "year");
  }

  function findCharts() {
    const found = new Map();
    for (const fact of listed) {
      const start = Date.parse(fact.get("period_start_date") || fact.get("period_end_date"));
      const end = Date.parse(fact.get("period_end_date") || fact.get("period_start_date"));
      if (!fact.get("indicator_name") || !fact.get("period_label") || Number.isNaN(start + end)) continue;
      const point = { fact, at: (start + end) / 2, label: fact.get("period_label"), series: fact.get("subject_text") || "(no subject)" };
      const key = chartKey(fact);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(point);
    }
    const periods = (points) => Math.max(...Object.values(bySeries(points)).map((own) => new Set(own.map((point) => point.label)).size));
    const several = [...found].filter(([, points]) => points.length > 1 && periods(points) > 1);
    return new Map(several.sort(([, one], [, other]) => other.length - one.length));
  }

  function bySeries(points) {
    const series = {};
    for (const point of points) (series[point.series] ??= []).push(point);
    return series;
  }

  function showCharts() {
    charts = findCharts();
    $("#chart").hidden = !charts.size;
    if (!charts.has(chartChosen)) chartChosen = charts.keys().next().value ?? null;
    const options = [...charts].map(([key, points]) => {
      const option = element("option", { value: key }, `${key} (${points.length})`);
      option.selected = key === chartChosen;
      return option;
    });
    $("#chart-choice").replaceChildren(...options);
    drawChart();
  }

  function drawChart() {
    const plot = $("#chart-plot");
    const width = plot.clientWidth;
    if (!charts.size || !width) return;
    const points = charts.get(chartChosen);
    const all = Object.entries(bySeries(points)).sort(([, one], [, other]) => other.length - one.length);
    const series = all.slice(0, MOST_SERIES);
    const drawing = new Chart(series, width);
    plot.replaceChildren(drawing.svg());
    $("#chart-title").textContent = chartChosen; // for print, which has no choice
    const more = all.length - series.length;
    $("#chart-series").replaceChildren(
      ...series.map(([name], index) => element("li", {}, sample(index), name)),
      ...(more ? [element("li", {}, `and ${plural(more, "subject")} more: filter by subject`)] : []));
  }

  class Chart {
    constructor(series, width) {
      this.series = series;
      this.points = series.flatMap(([, own]) => own);
      const units = new Set(this.points.map(({ fact }) => fact.get("quantity_unit")));
      this.column = units.size === 1 ? "quantity_value" : "quantity_base_value";
      this.unit = this.points[0].fact.get(units.size === 1 ? "quantity_unit" : "quantity_base_unit");
      const labels = new Map(this.points.map(({ label, at }) => [label, at]));
      this.periods = [...labels].sort(([, one], [, other]) => one - other);
      this.isBars = this.periods.length < 3;
      this.left = 54;
      this.right = width - 14;
      this.top = 22;
      this.bottom = 168;
      this.width = width;
      this.ticks = niceTicks(this.points.map((point) => this.figure(point)), this.isBars);
    }

    figure({ fact }) {
      return Number(fact.get(this.column));
    }

    y(figure) {
      const [low, high] = [this.ticks[0], this.ticks.at(-1)];
      return this.bottom - ((figure - low) / (high - low)) * (this.bottom - this.top);
    }

    x({ label, at }, index = 0) {
      const room = this.right - this.left;
      if (this.isBars) {
        const place = this.periods.findIndex(([each]) => each === label);
        return this.left + (room * (place + 0.5)) / this.periods.length + (index - (this.series.length - 1) / 2) * this.barWidth;
      }
      const [first, last] = [this.periods[0][1], this.periods.at(-1)[1]];
      return this.left + 24 + ((at - first) / (last - first || 1)) * (room - 48);
    }

    get barWidth() {
      return Math.min(48, (this.right - this.left) / this.periods.length / (this.series.length + 1));
    }

    svg() {
      const told = this.series.map(([name, own]) => `${name}: ${own.map((point) => `${point.label} ${point.fact.get("quantity_text")}`).join(", ")}`);
      const svg = drawn("svg", { viewBox: `0 0 ${this.width} 196`, role: "group", "aria-label": `Chart. ${told.join("; ")}` });
      svg.append(...this.axes());
      this.series.forEach(([, own], index) => svg.append(...this.drawnSeries(own, index)));
      const first = svg.querySelector(".point");
      if (first) first.setAttribute("tabindex", "0");
      return svg;
    }

    *axes() {
      const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });
      yield drawn("text", { x: this.left - 8, y: 10, "text-anchor": "end" }, this.unit);
      for (const tick of this.ticks) {
        yield drawn("line", { class: tick === 0 ? "grid-line zero" : "grid-line", x1: this.left, x2: this.right, y1: this.y(tick), y2: this.y(tick) });
        yield drawn("text", { x: this.left - 8, y: this.y(tick) + 4, "text-anchor": "end" }, compact.format(tick).replace("-", "−"));
      }
      let free = -Infinity;
      for (const [label, at] of this.periods) {
        const x = this.x({ label, at }, (this.series.length - 1) / 2);
        const half = label.length * 3.4;
        if (x - half < free) continue;
        free = x + half + 6;
        yield drawn("text", { x, y: this.bottom + 18, "text-anchor": "middle" }, label);
      }
    }

    *drawnSeries(points, index) {
      const sorted = [...points].sort((one, other) => one.at - other.at);
      for (let end = 1; end < sorted.length && !this.isBars; end++) {
        const [from, to] = [sorted[end - 1], sorted[end]];
        const isSure = from.fact.get("status") === "actual" && to.fact.get("status") === "actual";
        const way = `M${this.x(from)},${this.y(this.figure(from))}L${this.x(to)},${this.y(this.figure(to))}`;
        yield drawn("path", { class: `curve series-${index}${isSure ? "" : " dashed"}`, d: way });
      }
      for (const point of sorted) yield this.drawnPoint(point, index);
    }

    drawnPoint(point, index) {
      const { fact } = point;
      const y = this.y(this.figure(point));
      const name = `${point.series} ${point.label}: ${fact.get("quantity_text")}${fact.get("status") === "actual" ? "" : ` (${fact.get("status")})`}`;
      const classes = ["point", `series-${index}`];
      if (fact.get("status") !== "actual") classes.push("open");
      if (fact === selected) classes.push("on");
      const shared = { class: classes.join(" "), "data-fact": fact.number, role: "link", tabindex: "-1", "aria-label": name };
      const title = drawn("title", {}, name);
      if (!this.isBars) return drawn("path", { ...shared, d: symbol(index, this.x(point), y) }, title);
      const [top, bottom] = [Math.min(y, this.y(0)), Math.max(y, this.y(0))];
      const width = this.barWidth - 3;
      return drawn("rect", { ...shared, x: this.x(point, index) - width / 2, y: top, width, height: Math.max(bottom - top, 1), rx: 2 }, title);
    }
  }

  /** The shape of a series' points: circle, square, triangle, diamond, and so on. */
  function symbol(index, x, y, size = 5) {
    const corners = [null, [[-1, -1], [1, -1], [1, 1], [-1, 1]], [[0, -1.25], [1.2, 1], [-1.2, 1]], [[0, -1.4], [1.4, 0], [0, 1.4], [-1.4, 0]],
      [[0, 1.25], [1.2, -1], [-1.2, -1]], [[-0.4, -1.3], [0.4, -1.3], [0.4, -0.4], [1.3, -0.4], [1.3, 0.4], [0.4, 0.4], [0.4, 1.3], [-0.4, 1.3], [-0.4, 0.4], [-1.3, 0.4], [-1.3, -0.4], [-0.4, -0.4]]][index];
    if (!corners) return `M${x - size},${y}a${size},${size} 0 1 0 ${2 * size},0a${size},${size} 0 1 0 ${-2 * size},0Z`;
    return `M${corners.map(([right, down]) => `${x + right * size},${y + down * size}`).join("L")}Z`;
  }

  function sample(index) {
    return drawn("svg", { viewBox: "0 0 14 14", "aria-hidden": "true" }, drawn("path", { class: `point series-${index}`, d: symbol(index, 7, 7) }));
  }

  /** Four to seven round figures around `figures`, with zero where `fromZero` or where it is near. */
  function niceTicks(figures, fromZero) {
    let [low, high] = [Math.min(...figures), Math.max(...figures)];
    if (fromZero || (low > 0 && low < high / 2)) low = Math.min(low, 0);
    if (fromZero || (high < 0 && high > low / 2)) high = Math.max(high, 0);
    if (low === high) [low, high] = low ? [low - Math.abs(low) / 2, high + Math.abs(high) / 2] : [-1, 1];
    const rough = (high - low) / 4;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999);
    const ticks = [];
    for (let number = Math.floor(low / step); number * step < high + step * 0.999; number++) ticks.push(Number((number * step).toPrecision(12)));
    return ticks;
  }

  // ------------------------------------------------------------------------------------------------------- download

  function csv() {
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const isText = data.columns.map(([, type]) => type === "text" || type === "json");
    const cell = (text, index) => quoted(isText[index] && text?.length > 1 && FORMULA.test(text) ? `'${text}` : text ?? "");
    const lines = [data.columns.map(([name]) => name).join(",")];
    for (const fact of listed) lines.push(fact.cells.map(cell).join(","));
    return `${lines.join("\n")}\n`;
  }

  function download() {
    // Excel takes a CSV file for UTF-8 only with a byte-order mark.
    const address = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv;charset=utf-8" }));
    const stem = data.documents.length === 1 ? documentName(0).split(/[\\/]/).pop().replace(/\.[^.]+$/, "") : "documents";
    const link = element("a", { href: address, download: `${stem.replaceAll(" ", "-")}-facts.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    say(`${plural(listed.length, "fact")} downloaded as CSV`);
  }

  // --------------------------------------------------------------------------------------------- pointer, keyboard

  /** One tab stop in `container`; the keys of `steps` move among what `items` gives. `arrive` is told where. */
  function rove(container, match, items, steps, arrive) {
    container.addEventListener("focusin", (event) => {
      const item = event.target.closest(match);
      if (item) makeTabStop(container.querySelectorAll(`${match}[tabindex="0"]`), item);
    });
    container.addEventListener("keydown", (event) => {
      const item = event.target.closest(match);
      if (!item || event.altKey || event.ctrlKey || event.metaKey || !(event.key in steps)) return;
      event.preventDefault();
      const all = items();
      const next = all[Math.max(0, Math.min(all.length - 1, steps[event.key](all.indexOf(item), all.length)))];
      if (!next) return;
      arrive?.(next);
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    });
  }

  const back = (at) => at - 1;
  const on = (at) => at + 1;
  const ends = { Home: () => 0, End: (_, count) => count - 1 };
  const bothWays = { ArrowLeft: back, ArrowUp: back, ArrowRight: on, ArrowDown: on, ...ends };

  function listen() {
    const texts = $("#documents");
    const plot = $("#chart-plot");
    rove(texts, "mark", () => marks.filter((mark) => !mark.matches(".off") && !mark.closest("[hidden]")), bothWays, describe);
    rove(plot, ".point", () => [...plot.querySelectorAll(".point")], bothWays);
    onChosen(texts, "mark", selectMark);
    onChosen(plot, ".point", (point) => select(facts[point.dataset.fact], "chart"));
    onChosen(body, "tr", (row) => select(factOf.get(row), "table"));
    body.addEventListener("keydown", moveInTable);
    document.addEventListener("keydown", (event) => event.key === "Escape" && selected && release());
    for (const button of document.querySelectorAll(".legend button")) button.addEventListener("click", () => toggleRole(button));
    for (const button of document.querySelectorAll(".views button")) button.addEventListener("click", () => setView(button.dataset.view));
    $("#chart-choice").addEventListener("change", (event) => {
      chartChosen = event.target.value;
      drawChart();
    });
    $("#chart").addEventListener("toggle", drawChart);
    $("#earlier").addEventListener("click", showEarlier);
    $("#download").addEventListener("click", download);
    const narrow = matchMedia("(max-width: 860px)");
    const foldFilters = () => ($(".filter-box").open = !narrow.matches);
    narrow.addEventListener("change", foldFilters);
    foldFilters();
    new ResizeObserver(drawChart).observe($("#facts"));
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) makeRows(rowsTo + CHUNK);
    }).observe($("#more"));
    addEventListener("beforeprint", () => {
      if (rowsFrom) listFrom(0);
      makeRows(listed.length);
    });
  }

  /** `choose` is called for what is clicked, or chosen with Enter or Space; of nested items for the innermost. */
  function onChosen(container, match, choose) {
    container.addEventListener("click", (event) => {
      const item = event.target.closest(match);
      if (item && !String(getSelection())) choose(item); // who marks text to copy it selects no fact
    });
    container.addEventListener("keydown", (event) => {
      const item = event.target.closest(match);
      if (!item || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      choose(item);
    });
  }

  /** The rows' own keys: they go over the facts that are listed, whether their rows are made or not. */
  function moveInTable(event) {
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };
    const row = event.target.closest("tr");
    if (!row || !(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const place = listed.indexOf(factOf.get(row)) + steps[event.key];
    const fact = listed[Math.max(0, Math.min(listed.length - 1, place))];
    select(fact, "table");
    fact.row.focus();
  }

  function toggleRole(button) {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", isOn);
    $("#documents").classList.toggle(`hide-${button.dataset.role}`, !isOn);
  }

  read();
  buildText();
  buildHead();
  buildFilters();
  applyFilters();
  listen();
})();

// The original behind a citation: the section with its sentence, or the table with its cell.
function originalView(original, w) {
  if (original.kind === "section") return sectionView(original.section);
  return tableView(original, w);
}

function sectionView(section) {
  return section.passages.map((passage) => {
    if (!passage.mark) return h("p", {}, passage.text);
    const signs = [...passage.text]; // the server counts code points, strings UTF-16 units
    const part = (from, to) => signs.slice(from, to).join("");
    const [start, end] = passage.mark;
    return h("p", {}, part(0, start), h("mark", { class: "target" }, part(start, end)), part(end));
  });
}

function tableView(original, w) {
  const table = original.table;
  const name = [...new Set([table.number, table.title].filter(Boolean))].join(" ");
  const unit = table.unit && filled(w.unit, { unit: table.unit });
  const grids = sideBySide(table).map((blocks) => grid(blocks, original, w));
  return [
    h("p", { class: "caption" }, h("b", {}, name), h("span", {}, unit || "")),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, grids),
    ...table.notes.map((note) => h("p", { class: "aside" }, note)),
  ];
}

// Blocks that share printed lines stand beside each other; others follow below.
function sideBySide(table) {
  const numbers = [...new Set(table.columns.map((column) => column.block))].sort((a, b) => a - b);
  const groups = [];
  for (const number of numbers) {
    const block = blockOf(table, number);
    const last = groups.at(-1);
    const bands = new Set(last?.flatMap((b) => b.rows.map((row) => row.band)));
    if (last && block.rows.some((row) => bands.has(row.band))) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function blockOf(table, number) {
  const rows = table.rows.filter((row) => row.block === number);
  const columns = table.columns.filter((column) => column.block === number);
  return {
    rows,
    columns,
    depth: Math.max(0, ...rows.map((row) => row.path.length)),
    code: rows.some((row) => row.code),
    line: rows.some((row) => row.line),
  };
}

function grid(blocks, original, w) {
  const bands = new Map();
  for (const [place, block] of blocks.entries()) {
    for (const row of block.rows) {
      if (!bands.has(row.band)) bands.set(row.band, []);
      bands.get(row.band)[place] = row;
    }
  }
  const lines = [...bands.keys()].sort((a, b) => a - b);
  return h(
    "table",
    {},
    h("thead", {}, heads(blocks, w)),
    h(
      "tbody",
      {},
      lines.map((band) =>
        h("tr", {}, blocks.map((block, place) => cells(block, bands.get(band)[place], original, w))),
      ),
    ),
  );
}

function heads(blocks, w) {
  const levels = Math.max(1, ...blocks.flatMap((b) => b.columns.map((c) => c.path.length)));
  return Array.from({ length: levels }, (_, level) =>
    h("tr", {}, blocks.map((block) => [level ? [] : labelHeads(block, levels, w), headCells(block, level, levels)])),
  );
}

function labelHeads(block, levels, w) {
  const names = [block.code && w.code, ...Array(block.depth).fill(""), w.item, block.line && w.line];
  return names.filter((name) => name !== false).map((name) => h(name ? "th" : "td", { rowspan: levels, scope: name && "col" }, name));
}

// Equal neighbours under equal parents share one header cell.
function headCells(block, level, levels) {
  const made = [];
  for (const column of block.columns) {
    const key = column.path.slice(0, level + 1).join("\n");
    if (column.path.length <= level) continue; // the header above reaches down to here
    const last = made.at(-1);
    const ends = column.path.length === level + 1;
    if (last?.key === key) {
      last.span += 1;
      last.ends &&= ends;
    } else made.push({ key, text: column.path[level], span: 1, ends });
  }
  return made.map((cell) =>
    h("th", { scope: "col", colspan: cell.span, rowspan: cell.ends ? levels - level : 1 }, cell.text),
  );
}

function cells(block, row, original, w) {
  const width = block.depth + 1 + block.code + block.line + block.columns.length;
  if (!row) return h("td", { class: "none", colspan: width });
  const cited = row.id === original.row;
  const whole = cited && original.column == null;
  const plain = { class: cited ? "cited" : null };
  const label = `l${Math.min(row.level, 4)}${cited ? " cited" : ""}${whole ? " target" : ""}`;
  return [
    block.code ? h("td", plain, row.code) : null,
    Array.from({ length: block.depth }, (_, i) => h("td", plain, row.path[i] ?? "")),
    h("th", { scope: "row", class: label }, row.label),
    block.line ? h("td", plain, row.line) : null,
    block.columns.map((column) => figureCell(row, column, original, cited, w)),
  ];
}

function figureCell(row, column, original, cited, w) {
  const cell = row.cells.find((c) => c.column === column.id);
  if (!cell) return h("td", { class: "none" });
  const target = cited && original.column === column.id;
  const kind = cell.value == null && cell.text ? "words" : "amount";
  const named = `${kind}${cited ? " cited" : ""}${target ? " target" : ""}`;
  const shown = cell.text || (target ? h("i", {}, w.blank) : "");
  return h("td", { class: named }, shown);
}

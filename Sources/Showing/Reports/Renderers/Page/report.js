// What a report's page does: sorting, filtering and saving tables, saving pictures, and a scatter plot of whatever
// columns a reader chooses. Texts reach the page by textContent alone.
"use strict";
const make = (name, text, parent) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  if (parent) parent.append(element);
  return element;
};
const button = (text, parent, action) => {
  const element = make("button", text, parent);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
};
const download = (file, type, data) => {
  const link = make("a");
  link.download = file;
  link.href = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], {type}));
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const quoted = text => /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
const csv = rows => rows.map(row => row.map(cell => quoted(String(cell ?? ""))).join(",") + "\r\n").join("");
const latexText = text => text.replace(/[\\{}$&#%_^~]/g, mark => ({"\\": "\\textbackslash{}", "^": "\\^{}", "~": "\\~{}"})[mark] ?? "\\" + mark)
  .replaceAll("–", "--").replaceAll("±", "$\\pm$");
const title = document.querySelector("h1")?.textContent ?? "report";
const fileName = text => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "table";

const theme = button("Light or dark", document.body, () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
});
theme.id = "theme";

for (const place of document.querySelectorAll(".sql")) {
  const code = place.querySelector("code"), tools = make("div", undefined, place);
  tools.className = "tools";
  const copy = button("Copy", tools, async () => {
    getSelection().selectAllChildren(code);
    try {
      await navigator.clipboard.writeText(code.textContent);
      copy.textContent = "Copied";
    } catch {
      // Where a page may not write there, what is to be copied is selected.
      copy.textContent = document.execCommand("copy") ? "Copied" : "Selected";
    }
  });
}

for (const place of document.querySelectorAll(".table")) {
  const table = place.querySelector("table"), body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const names = headings.map(cell => cell.textContent);
  const section = () => {
    let element = place;
    while (element && !element.matches?.("h2, h3")) element = element.previousElementSibling ?? element.parentElement;
    return element?.textContent ?? title;
  };
  const exact = cell => cell.dataset.value ?? (cell.textContent.startsWith("–") ? "" : cell.textContent);
  const shown = () => [...body.rows].filter(row => !row.hidden);
  const tools = make("div");
  tools.className = "tools";
  button("CSV", tools, () => download(fileName(section()) + ".csv", "text/csv", csv([names, ...shown().map(row => [...row.cells].map(exact))])));
  button("LaTeX", tools, () => {
    const line = cells => cells.map(latexText).join(" & ") + " \\\\";
    const kinds = headings.map(cell => cell.classList.contains("number") ? "r" : "l").join("");
    const rows = shown().map(row => line([...row.cells].map(cell => cell.textContent)));
    download(fileName(section()) + ".tex", "text/x-tex",
      ["\\begin{tabular}{" + kinds + "}", "\\toprule", line(names), "\\midrule", ...rows, "\\bottomrule", "\\end{tabular}", ""].join("\n"));
  });
  if (body.rows.length > 8) {
    const label = make("label", "Rows with ", tools), input = make("input", undefined, label);
    input.type = "search";
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase();
      for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  }
  place.before(tools);
  headings.forEach((cell, column) => {
    const text = cell.textContent;
    cell.textContent = "";
    button(text, cell, () => {
      const direction = cell.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      headings.forEach(other => other.removeAttribute("aria-sort"));
      cell.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      const key = row => exact(row.cells[column]);
      const rows = [...body.rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (x === "" || y === "") return (x === "") - (y === "");
        const isNumber = !isNaN(x) && !isNaN(y);
        return direction * (isNumber ? x - y : x.localeCompare(y));
      });
      body.append(...rows);
    });
  });
}

for (const figure of document.querySelectorAll("figure[data-file]")) {
  const file = figure.dataset.file, svg = figure.querySelector("svg");
  if (!svg) continue;
  addPictureTools(figure, svg, file);
}
function addPictureTools(parent, svg, file) {
  const tools = make("div", undefined, parent);
  tools.className = "tools";
  const source = () => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(svg);
  button("SVG", tools, () => download(file, "image/svg+xml", source()));
  button("PNG", tools, () => {
    const image = new Image(), {width, height} = svg.viewBox.baseVal;
    image.onload = () => {
      const canvas = make("canvas");
      [canvas.width, canvas.height] = [2 * width, 2 * height];
      canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
      canvas.toBlob(blob => download(file.replace(/\.svg$/, ".png"), "image/png", blob));
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source());
  });
}

const networks = document.getElementById("networks");
if (networks) explore(JSON.parse(networks.textContent));
function explore(data) {
  const place = document.getElementById("explorer");
  place.hidden = false;
  const heading = make("h2", "Look for yourself", place);
  heading.id = "look-for-yourself";
  const entry = make("li", undefined, document.querySelector("nav ul")), link = make("a", heading.textContent, entry);
  link.href = "#" + heading.id;
  // As many as there are colours.
  const colourful = data.factors.filter(factor => factor.labels.length <= 8);
  const columns = new Map(data.columns.map(column => [column.name, column]));
  const factors = new Map(data.factors.map(factor => [factor.name, factor]));
  const controls = make("div", undefined, place);
  controls.className = "controls";
  const select = (label, id, groups, chosen) => {
    const box = make("label", label, controls), list = make("select", undefined, box);
    list.id = id;
    for (const [name, options] of groups) {
      if (!options.length) continue;
      const parent = name ? make("optgroup", undefined, list) : list;
      if (name) parent.label = name;
      for (const [value, text] of options) {
        const option = make("option", text, parent);
        option.value = value;
      }
    }
    list.value = chosen;
    list.addEventListener("change", draw);
    return list;
  };
  const named = list => list.map(column => [column.name, column.word ? column.name + ": " + column.word : column.name]);
  const measures = [["Predictors", named(data.columns.filter(c => c.predictor))], ["Others", named(data.columns.filter(c => !c.predictor))]];
  const x = select("Measure", "measure", measures, data.chosen);
  const y = select("Against", "against", measures, data.target);
  const colour = select("Colour by", "colour", [["", [["", "nothing"]]], ["Factors", colourful.map(f => [f.name, f.name])]], colourful[0]?.name ?? "");
  const fixed = select("Hold fixed", "fixed", [["", [["", "nothing"]]], ["Factors", data.factors.map(f => ["f:" + f.name, f.name])],
    ["Columns, as lines of ranks", data.columns.map(c => ["c:" + c.name, c.name])]], "");
  const scale = select("Shown as", "scale", [["", [["values", "values"], ["ranks", "ranks"]]]], "values");
  let without = null;
  if (data.collapsed.length) {
    const label = make("label", undefined, controls);
    label.className = "check";
    without = make("input", undefined, label);
    without.type = "checkbox";
    without.id = "without-collapsed";
    label.append("without the " + data.collapsed.length + " at chance");
    without.addEventListener("change", draw);
  }
  const finding = make("p", "", place);
  finding.id = "finding";
  finding.setAttribute("aria-live", "polite");
  const name = "http://www.w3.org/2000/svg", [width, height] = [720, 440];
  const element = (kind, attributes, parent, text) => {
    const made = document.createElementNS(name, kind);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    parent?.append(made);
    return made;
  };
  const svg = element("svg", {id: "scatter", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "font-family": "sans-serif", "font-size": 13}, place);
  const legend = make("ul", undefined, place);
  legend.className = "legend";
  const tip = make("div", "", document.body);
  tip.id = "tip";
  tip.hidden = true;
  const tools = make("div", undefined, place);
  tools.className = "tools";
  button("CSV of these networks", tools, () => {
    const rows = selection(), names = [...new Set([x.value, y.value])];
    download(fileName(data.study + "-" + names.join("-")) + ".csv", "text/csv",
      csv([["seed", ...data.factors.map(f => f.name), ...names], ...rows.map(row =>
        [data.seeds[row], ...data.factors.map(f => f.labels[f.places[row]] ?? ""), ...names.map(c => columns.get(c).values[row])])]));
  });
  addPictureTools(place, svg, fileName(data.study + "-scatter") + ".svg");
  make("p", (data.remark ? data.remark + " " : "") + (data.total > data.seeds.length ? `${data.seeds.length} of ${data.total} networks are in this page. ` : "") +
    "Rank correlations of what is shown here; the verdicts hold curves fixed, correct for the number of measures and ask more.", place).className = "note";
  for (const cell of document.querySelectorAll("tbody th[scope=row]")) {
    const measure = cell.textContent;
    if (!columns.has(measure)) continue;
    cell.textContent = "";
    button(measure, cell, () => {
      x.value = measure;
      y.value = data.target;
      draw();
      heading.scrollIntoView();
    }).title = "Show " + measure + " against " + data.target;
  }
  const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7a5195", "#4d4d4d"];

  function selection() {
    const left = new Set(without?.checked ? data.collapsed : []);
    const [first, second] = [columns.get(x.value).values, columns.get(y.value).values];
    return data.seeds.map((_, row) => row).filter(row => first[row] !== null && second[row] !== null && !left.has(row));
  }
  function ranks(values) {
    const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]), result = new Array(values.length);
    for (let start = 0; start < order.length;) {
      let end = start + 1;
      while (end < order.length && values[order[end]] === values[order[start]]) end++;
      for (let i = start; i < end; i++) result[order[i]] = (start + 1 + end) / 2;
      start = end;
    }
    return result;
  }
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;
  function correlation(a, b) {
    const [p, q] = [mean(a), mean(b)];
    let xx = 0, yy = 0, xy = 0;
    a.forEach((value, i) => { xx += (value - p) ** 2; yy += (b[i] - q) ** 2; xy += (value - p) * (b[i] - q); });
    return xx > 1e-9 && yy > 1e-9 ? xy / Math.sqrt(xx * yy) : NaN;
  }
  function rest(values, rows) {
    if (!fixed.value) return values;
    const key = fixed.value.slice(2);
    if (fixed.value.startsWith("f:")) {
      const places = rows.map(row => factors.get(key).places[row]), sums = new Map();
      values.forEach((value, i) => { const [sum, count] = sums.get(places[i]) ?? [0, 0]; sums.set(places[i], [sum + value, count + 1]); });
      return values.map((value, i) => value - sums.get(places[i])[0] / sums.get(places[i])[1]);
    }
    const other = ranks(rows.map(row => columns.get(key).values[row])), [p, q] = [mean(other), mean(values)];
    let xx = 0, xy = 0;
    other.forEach((value, i) => { xx += (value - p) ** 2; xy += (value - p) * (values[i] - q); });
    const slope = xx > 0 ? xy / xx : 0;
    return values.map((value, i) => value - q - slope * (other[i] - p));
  }
  function ticks(low, high) {
    const span = high - low || 1, rough = span / 5, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough), list = [];
    for (let k = Math.ceil(low / step); k * step <= high + step * 1e-9 && list.length < 20; k++) list.push(k * step);
    return [list, -Math.floor(Math.log10(step) + 1e-9)];
  }
  function draw() {
    let rows = selection();
    if (fixed.value.startsWith("c:")) rows = rows.filter(row => columns.get(fixed.value.slice(2)).values[row] !== null);
    if (fixed.value.startsWith("f:")) rows = rows.filter(row => factors.get(fixed.value.slice(2)).places[row] !== null);
    const raw = [x, y].map(list => rows.map(row => columns.get(list.value).values[row]));
    const ranked = raw.map(values => rest(ranks(values), rows));
    const rho = rows.length > 2 ? correlation(ranked[0], ranked[1]) : NaN;
    const given = fixed.value ? ", " + fixed.value.slice(2) + " held fixed" : "";
    const word = columns.get(x.value).word;
    finding.textContent = `${x.value} and ${y.value}: rho ${isNaN(rho) ? "undefined" : (rho < 0 ? "−" : "+") + Math.abs(rho).toFixed(3)} over ${rows.length} networks${given}` +
      (word && y.value === data.target ? `; verdict: ${word}.` : ".");
    const shown = fixed.value || scale.value === "ranks" ? ranked : raw;
    svg.replaceChildren();
    element("title", {}, svg, finding.textContent);
    element("rect", {width, height, fill: "#fff"}, svg);
    const [left, right, top, bottom] = [84, width - 20, 20, height - 56];
    const range = values => {
      const [low, high] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
      const margin = (high - low || Math.abs(high) || 1) * 0.04;
      return [low - margin, high + margin];
    };
    const label = list => (fixed.value ? "rank of " + list.value + given : scale.value === "ranks" ? "rank of " + list.value : list.value);
    if (rows.length) {
      const [[x0, x1], [y0, y1]] = shown.map(range);
      const across = value => left + (value - x0) / (x1 - x0) * (right - left), up = value => bottom - (value - y0) / (y1 - y0) * (bottom - top);
      // As many digits as tell a tick from the next one.
      const text = (value, digits) => value !== 0 && (Math.abs(value) >= 1e6 || digits > 6)
        ? value.toExponential(Math.min(12, Math.max(0, Math.floor(Math.log10(Math.abs(value)) + 1e-9) + digits)))
        : value.toFixed(Math.min(20, Math.max(0, digits)));
      for (const [list, digits] of [ticks(x0, x1)]) for (const value of list) {
        element("line", {x1: across(value), x2: across(value), y1: top, y2: bottom, stroke: "#e4e8ec"}, svg);
        element("text", {x: across(value), y: bottom + 18, "text-anchor": "middle", fill: "#1f2328"}, svg, text(value, digits));
      }
      for (const [list, digits] of [ticks(y0, y1)]) for (const value of list) {
        element("line", {x1: left, x2: right, y1: up(value), y2: up(value), stroke: "#e4e8ec"}, svg);
        element("text", {x: left - 8, y: up(value) + 4, "text-anchor": "end", fill: "#1f2328"}, svg, text(value, digits));
      }
      const factor = factors.get(colour.value);
      rows.forEach((row, i) => {
        const place = factor?.places[row];
        const point = element("circle", {cx: across(shown[0][i]).toFixed(1), cy: up(shown[1][i]).toFixed(1), r: 4.2, "fill-opacity": 0.75,
          fill: factor ? palette[place] ?? "#8c959f" : palette[0]}, svg);
        point.dataset.row = row;
      });
    }
    element("text", {x: (left + right) / 2, y: height - 14, "text-anchor": "middle", fill: "#1f2328"}, svg, label(x));
    element("text", {x: 18, y: (top + bottom) / 2, "text-anchor": "middle", fill: "#1f2328", transform: `rotate(-90 18 ${(top + bottom) / 2})`}, svg, label(y));
    legend.replaceChildren();
    const factor = factors.get(colour.value);
    const explain = (text, colour) => {
      const item = make("li", undefined, legend), dot = make("i", undefined, item);
      dot.style.background = colour;
      item.append(text);
    };
    factor?.labels.forEach((text, i) => explain(text, palette[i]));
    if (factor?.places.includes(null)) explain("none", "#8c959f");
  }
  svg.addEventListener("mousemove", event => {
    const row = event.target.dataset?.row;
    tip.hidden = row === undefined;
    if (row === undefined) return;
    const columnsShown = [...new Set([x.value, y.value])];
    tip.textContent = ["seed " + data.seeds[row], ...data.factors.map(f => f.name + " " + (f.labels[f.places[row]] ?? "–")),
      ...columnsShown.map(c => c + " " + columns.get(c).values[row])].join("\n");
    tip.style.left = Math.min(event.pageX + 12, document.documentElement.clientWidth - 220) + "px";
    tip.style.top = event.pageY + 12 + "px";
  });
  svg.addEventListener("mouseleave", () => { tip.hidden = true; });
  draw();
}
document.documentElement.dataset.ready = performance.now().toFixed(0);

"""Measures in Chromium where the parts of figures stand, in every style and direction.

    apt-get install chromium graphviz fonts-liberation
    pip install playwright
    python3 Tests/Scripts/placement.py PATH/TO/graphviz-grad Tests/Pictures/*.grad Tests/Pictures/*.json samples/*.grad

Fails where texts overlap or leave their boxes, where a label stands on the line of another edge or not on
its own, where a line leads through a node, where arrowheads end in one point, where the two lines of a
pair cross, where a wire's two numbers stand apart or its derivative on the wrong side, where the lines of an
input do not leave from its row, where text would be too small on a slide, where there are more crossings than
the bound, or where figures take more room than the bound
against the room that `dot` needs for the same boxes without labels; where a figure in rows has more
crossings than in one row; where text is too small on a slide that the figure is to fit; and where numbered
nodes stand out of order.
"""

import json
import re
import statistics
import sys
import tempfile
from pathlib import Path

from common import attempt, check, chromium, finish, run

STYLES = ("lecture", "circuit", "record")
# Crossings of red and blue lines over all programs, each for 1,000 edges.
MOST_MIXED = 520
# From the middle of one of a wire's two numbers to the middle of the other, in points.
FARTHEST = 60
# The smallest text of a figure on a slide of 1600 × 900 pixels: in the median, and in how many of ten
# figures it is at least 8 pixels large.
SMALLEST = {("circuit", "right"): (14, 9), ("circuit", "down"): (9, 7),
            ("record", "right"): (12, 8), ("record", "down"): (8, 6)}
# Area against that of `dot`: in the median, and at worst.
AREA = {"right": (1.25, 1.5), "down": (1.8, 3.4)}
# The smallest letters, indices among them, on such a slide with `--fit 16:9`: the height that nine of ten
# figures have at least, and that of the median.
FITTED = {"lecture": (9, 14), "circuit": (8, 10), "record": (8, 10)}
# Neighbours among numbered nodes of one rank, such as x1 and x2, that stand out of order, of all of them.
MOST_UNORDERED = 9 / 62
CLEAN = ("texts", "outside", "plates", "through", "tips", "pairs", "off")

MEASURE = r"""
(svg, isDown) => {
  const box = (e) => { const b = e.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; };
  const grown = (b, m) => [b[0] - m, b[1] - m, b[2] + m, b[3] + m];
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const inside = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
  // The room of a text from its capitals to its descenders.
  const ink = (t) => {
    const b = t.getBBox(), size = parseFloat(t.getAttribute("font-size")), y = parseFloat(t.getAttribute("y"));
    return [b.x, y - 0.72 * size, b.x + b.width, y + 0.2 * size];
  };
  const groups = [...svg.querySelectorAll("g[class]:not(.array)")].map((g) => {
    const title = g.querySelector(":scope > title");
    return { g, kinds: g.getAttribute("class").split(" "), tip: title ? title.textContent : "",
      shapes: [...g.querySelectorAll("path, circle")], texts: [...g.querySelectorAll("text")] };
  });
  const nodes = groups.filter((p) => p.kinds[0] === "node").map((p) => {
    const rooms = p.texts.map(ink);
    const all = p.shapes.length ? box(p.shapes[0]) : rooms.reduce(
      (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);
    // What stands beside a gate, or below a name, where wires lead to.
    const beside = rooms.filter((_, i) => !p.texts[i].classList.contains(p.shapes.length ? "gate" : "title"));
    return { box: all, texts: rooms, beside, isRound: !!p.g.querySelector("circle"),
      isGate: !!p.g.querySelector("circle, text.gate"), isBare: !p.shapes.length };
  });
  // The box of a table is one, whose rows are nodes; its heads are words beside theirs.
  const tables = groups.filter((p) => p.kinds[0] === "table").map((p) => ({
    box: box(p.shapes[0]), texts: p.texts.map(ink), beside: [], isRound: false, isGate: false, isBare: false }));
  const lines = groups.filter((p) => p.kinds[0] === "edge").map((p) => {
    const path = p.shapes[0], length = path.getTotalLength(), count = Math.max(8, Math.ceil(length / 3));
    const points = [];
    for (let i = 0; i <= count; i++) { const q = path.getPointAtLength(length * i / count); points.push([q.x, q.y]); }
    const tip = p.shapes[1].getAttribute("d").match(/-?[\d.]+/g).slice(0, 2).map(Number);
    const xs = points.map((q) => q[0]), ys = points.map((q) => q[1]);
    const id = p.g.id.match(/_([fe])(\d+)$/);
    return { points, tip, isBackward: id[1] === "e", edge: id[2], words: p.tip,
      box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
  });
  const labels = groups.filter((p) => p.kinds[0] === "label").map((p) => ({
    kind: p.kinds[1], words: p.tip, box: ink(p.texts[0]),
    plate: p.shapes.length ? box(p.shapes[0]) : null }));
  const hits = (b, p, q) => {
    let low = 0, high = 1;
    for (const k of [0, 1]) {
      const step = q[k] - p[k];
      if (Math.abs(step) < 1e-9) { if (p[k] <= b[k] || p[k] >= b[k + 2]) return false; continue; }
      const s = (b[k] - p[k]) / step, t = (b[k + 2] - p[k]) / step;
      low = Math.max(low, Math.min(s, t)); high = Math.min(high, Math.max(s, t));
    }
    return low < high;
  };
  const runs = (line, b) => meet(grown(line.box, 0.01), b) &&
    line.points.some((p, i) => i > 0 && hits(b, line.points[i - 1], p));
  const side = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  const out = { texts: 0, outside: 0, plates: 0, through: 0, tips: 0, blue: 0, red: 0, mixed: 0, pairs: 0,
    off: 0, apart: 0, sides: 0, left: 0, edges: lines.filter((l) => !l.isBackward).length, labels: labels.length };
  const words = nodes.flatMap((n) => n.texts).concat(labels.map((l) => l.box),
    groups.filter((p) => !["node", "label", "edge"].includes(p.kinds[0])).flatMap((p) => p.texts.map(ink)));
  words.forEach((a, i) => { for (const b of words.slice(0, i)) if (meet(a, grown(b, -0.3))) out.texts++; });
  const paper = svg.viewBox.baseVal;
  for (const w of words) if (!inside(w, [0, 0, paper.width, paper.height])) out.outside++;
  for (const n of nodes.concat(tables)) for (const t of n.texts)
    if (!n.isBare && !(n.isGate && n.beside.includes(t)) && !inside(t, n.box)) out.outside++;
  const owns = (label, line) => label.words === line.words || label.words.endsWith(line.words);
  for (const label of labels) {
    const room = grown(label.plate || label.box, label.plate ? -1 : 0.3);
    const own = lines.filter((l) => owns(label, l) && (label.kind === "shape" ? !l.isBackward : label.plate ? l.isBackward : true));
    for (const line of lines) {
      if (own.includes(line)) continue;
      if (runs(line, room)) out.plates++;
    }
    const near = grown(label.plate || label.box, label.plate ? 0 : 5);
    if (!own.some((l) => runs(l, near))) out.off++;
    for (const n of nodes) if (meet(label.box, n.isBare ? n.box : grown(n.box, -1)) &&
      n.texts.some((t) => meet(t, label.box))) out.texts++;
  }
  const tips = new Set();
  for (const line of lines) {
    const key = line.tip.map((c) => c.toFixed(1)).join();
    if (tips.has(key)) out.tips++;
    tips.add(key);
    const ends = [line.points[0], line.points[line.points.length - 1], line.tip];
    for (const n of nodes.concat(tables)) {
      if (n.isGate || n.isBare) for (const t of n.beside) if (runs(line, t)) out.through++;
      const shrunk = grown(n.box, n.isRound ? -0.15 * (n.box[2] - n.box[0]) : -2);
      const near = grown(n.box, 4);
      if (ends.some((p) => p[0] > near[0] && p[0] < near[2] && p[1] > near[1] && p[1] < near[3])) continue;
      if (n.isBare ? n.texts.some((t) => runs(line, t)) : runs(line, shrunk)) out.through++;
    }
  }
  lines.forEach((a, i) => {
    for (const b of lines.slice(0, i)) {
      if (!meet(grown(a.box, 0.01), b.box)) continue;
      let count = 0;
      for (let j = 1; j < a.points.length; j++) {
        const p = a.points[j - 1], q = a.points[j];
        const around = [Math.min(p[0], q[0]), Math.min(p[1], q[1]), Math.max(p[0], q[0]), Math.max(p[1], q[1])];
        if (!meet(grown(around, 0.01), grown(b.box, 0.01))) continue;
        for (let k = 1; k < b.points.length; k++) {
          const r = b.points[k - 1], s = b.points[k];
          if (side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0) count++;
        }
      }
      if (!count) continue;
      if (a.edge === b.edge) out.pairs += count;
      if (a.isBackward !== b.isBackward) out.mixed += count; else if (a.isBackward) out.red += count;
      else out.blue += count;
    }
  });
  // The two numbers of a wire stand together, one at each side of it: the value above the wire or to its left.
  const middle = (l) => [(l.box[0] + l.box[2]) / 2, (l.box[1] + l.box[3]) / 2];
  labels.forEach((derivative, i) => {
    const value = labels[i - 1];
    if (derivative.kind !== "derivative") return;
    const [a, b] = [middle(value), middle(derivative)], axis = isDown ? 0 : 1;
    // Across the wire, what counts is the gap between them: the entries of an array are wide.
    const [v, d] = [value.box, derivative.box], gap = Math.max(0, d[axis] - v[axis + 2], v[axis] - d[axis + 2]);
    out.apart = Math.max(out.apart, Math.hypot(a[1 - axis] - b[1 - axis], gap));
    const between = (p) => a[axis] < p[axis] && p[axis] < b[axis] &&
      Math.abs(p[1 - axis] - (a[1 - axis] + b[1 - axis]) / 2) < 4;
    if (value.kind !== "value" || value.words !== derivative.words ||
      !lines.some((l) => owns(value, l) && l.points.some(between))) out.sides++;
  });
  out.smallest = Math.min(...[...svg.querySelectorAll("text")].map((t) => parseFloat(t.getAttribute("font-size"))))
    * Math.min(1600 / paper.width, 900 / paper.height);
  out.size = [paper.width, paper.height];
  out.letters = Math.min(...[...svg.querySelectorAll("text, tspan")].filter((t) => t.textContent.trim())
    .map((t) => parseFloat(getComputedStyle(t).fontSize)));
  return out;
}
"""


def dot_area(figure):
    """The room that `dot` needs for the boxes and edges of a figure."""
    lines = [f"digraph {{ rankdir={'LR' if figure['direction'] == 'right' else 'TB'};"
             "node [shape=box, fixedsize=true, label=\"\"]; edge [dir=none];"]
    boxes = {node["id"]: node["box"] for node in figure["nodes"]}
    # Nodes in a table are one box for dot too.
    names = {name: name for name in boxes}
    for table in figure.get("tables", []):
        names.update({name: table["nodes"][0] for name in table["nodes"]})
        boxes[table["nodes"][0]] = table["box"]
    for name in dict.fromkeys(names.values()):
        width, height = boxes[name][2:]
        lines.append(f"\"{name}\" [width={width / 72:.4f}, height={height / 72:.4f}];")
    lines += [f"\"{names[edge['from']]}\" -> \"{names[edge['to']]}\";" for edge in figure["edges"]]
    box = json.loads(run("dot", "-Tjson0", data="\n".join(lines) + "}"))["bb"]
    width, height = map(float, box.split(",")[2:])
    return (width + 8) * (height + 8)


def unordered(figure):
    """How many neighbours among numbered nodes of one rank there are, and how many stand out of order."""
    series = {}
    for node in figure["nodes"]:
        name = re.fullmatch(r"(.*\D)(\d+)", node["id"])
        if name:
            left, top, width, _ = node["box"]
            sides = (left, left + width / 2, left + width)
            series.setdefault(name[1], []).append((int(name[2]), sides, top))
    pairs = [(a, b) for found in series.values() for a, b in zip(sorted(found), sorted(found)[1:])
             if b[0] == a[0] + 1 and any(abs(p - q) < 1 for p, q in zip(a[1], b[1]))]
    return len(pairs), sum(a[2] > b[2] for a, b in pairs)


def strays(figure):
    """How many lines of inputs in tables do not end at their rows."""
    boxes = {node["id"]: node["box"] for node in figure["nodes"] if "id" in node}
    rows = {name for table in figure.get("tables", []) for name in table["nodes"]}
    count = 0
    for edge in figure["edges"]:
        if edge.get("from") not in rows:
            continue
        x, y, width, height = boxes[edge["from"]]
        ends = [edge["forward"][:2]] + ([edge["backward"][-2:]] if "backward" in edge else [])
        count += sum(not (x - 0.1 <= left <= x + width + 0.1 and y <= top <= y + height) for left, top in ends)
    return count


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tool, programs = Path(sys.argv[1]).resolve(), [Path(name) for name in sys.argv[2:]]
    mixed, edges, ratios, figures = 0, 0, {"right": [], "down": []}, 0
    fitted, neighbours, wrong = {style: [] for style in STYLES}, 0, 0
    sizes = {(style, direction): [] for style in STYLES for direction in ("right", "down")}
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        page = browser.new_page()

        def measure(program, *words, is_down=False):
            nonlocal figures
            done = attempt(tool, "render", program, *words, "-o", "-", "--format", "svg")
            check(done.returncode == 0, f"{program}: {done.stderr}")
            page.set_content(f"<body style='margin:0'>{done.stdout}</body>")
            facts = page.eval_on_selector("svg", MEASURE, is_down)
            figures += 1
            title = f"{program.stem}, {' '.join(words)}: {facts}"
            for key in CLEAN:
                check(facts[key] == 0, f"{key} is not 0 in {title}")
            check(facts["apart"] <= FARTHEST, f"the numbers of a wire stand apart in {title}")
            return facts

        for program in programs:
            for style in STYLES:
                for direction in ("right", "down"):
                    kinds = [("partial", "auto"), ("product", "auto"), ("partial", "table")]
                    for labels, inputs in kinds if style != "circuit" else kinds[:1]:
                        words = ["--style", style, "--direction", direction, "--edge-labels", labels,
                                 "--inputs", inputs, "--rows", "1"]
                        facts = measure(program, *words, is_down=direction == "down")
                        check(facts["sides"] == 0, f"a derivative on the wrong side in {program}, {words}")
                        if labels == "partial" and inputs == "auto":
                            sizes[style, direction].append(facts["smallest"])
                        if labels != "partial" or inputs == "auto" and style != "lecture":
                            continue
                        figure = json.loads(
                            run(tool, "render", program, *words, "-o", "-", "--format", "json"))
                        check(strays(figure) == 0, f"lines leave no row in {program}, {words}")
                        if inputs != "auto":
                            continue
                        if figure["edges"]:
                            area = facts["size"][0] * facts["size"][1] / dot_area(figure)
                            ratios[direction].append((area, program.stem))
                        for rows in ("2", "3"):
                            broken = measure(program, *words[:-1], rows, is_down=direction == "down")
                            for key in ("blue", "red", "mixed"):
                                check(broken[key] <= facts[key],
                                      f"{program.stem}, {direction}: {broken[key]} crossings ({key}) in "
                                      f"{rows} rows, {facts[key]} in one")
                        if direction == "right":
                            mixed, edges = mixed + facts["mixed"], edges + facts["edges"]
                            found = unordered(figure)
                            neighbours, wrong = neighbours + found[0], wrong + found[1]
                words = ["--style", style, "--fit", "16:9"]
                figure = json.loads(run(tool, "render", program, *words, "-o", "-", "--format", "json"))
                facts = measure(program, *words, is_down=figure["direction"] == "down")
                scale = min(1600 / facts["size"][0], 900 / facts["size"][1])
                fitted[style].append((facts["letters"] * scale, program.stem))
    print(f"{mixed} crossings of red and blue lines at {edges} edges")
    check(mixed * 1000 <= MOST_MIXED * edges, "there are too many crossings")
    for direction, found in ratios.items():
        median, worst = statistics.median(area for area, _ in found), max(found)
        print(f"{direction}: {median:.2f} of dot's area in the median, {worst[0]:.2f} at worst ({worst[1]})")
        check(median <= AREA[direction][0], f"figures that lead {direction} are too large")
        check(worst[0] <= AREA[direction][1], f"{worst[1]} is too large")
    for (style, direction), found in sizes.items():
        median, large = statistics.median(found), sum(size >= 8 for size in found)
        print(f"{style}, {direction}: {median:.1f} px in the median, 8 px in {large} of {len(found)}")
        if bounds := SMALLEST.get((style, direction)):
            check(median >= bounds[0] and large * 10 >= bounds[1] * len(found),
                  f"text of the style {style}, {direction}, is too small")
    print(f"{wrong} of {neighbours} neighbours among numbered nodes stand out of order")
    check(wrong <= MOST_UNORDERED * neighbours, "numbered nodes stand out of order")
    for style, found in fitted.items():
        heights = sorted(found)
        tenth, median = heights[len(heights) // 10], statistics.median(height for height, _ in heights)
        print(f"{style}, fitted: smallest letters {median:.1f} px in the median, {tenth[0]:.1f} px in nine of "
              f"ten, least {', '.join(f'{name} {height:.1f}' for height, name in heights[:4])}")
        check(tenth[0] >= FITTED[style][0] and median >= FITTED[style][1],
              f"{style}: letters on slides are too small")
    finish(f"{figures} figures of {len(programs)} programs")


main()

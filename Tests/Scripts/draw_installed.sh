#!/bin/sh
# Draws with an installed graphviz-grad, by the means of a bare system:
#
#     sh Tests/Scripts/draw_installed.sh samples FOLDER
#
# All three commands must be on the PATH. SVG is the committed one, where that was drawn with the same
# Graphviz; the pictures stay in FOLDER, for others to compare. Nothing is said on standard error but what is expected.
set -eu

samples=$1
out=$2
mkdir -p "$out"
failures=0

fail() {
  echo "FAIL $*"
  failures=$((failures + 1))
}

# Runs a command that must go well without a word.
quietly() {
  if ! "$@" 2>"$out/said" || [ -s "$out/said" ]; then fail "$*: $(cat "$out/said")"; fi
  rm -f "$out/said"
}

# Whether a file begins with a word.
begins() {
  [ "$(head -c "${#2}" "$out/$1" | tr '\0\211' '..')" = "$2" ] || fail "$1 does not begin with $2"
}

quietly graphviz-grad doctor >"$out/doctor.txt"
for format in svg png webp jpg pdf eps tikz typ mermaid drawio json html mimebundle; do
  quietly graphviz-grad render "$samples/lecture.grad" -T "$format" -o "$out/lecture.$format"
done
for format in pptx gif pdf; do
  quietly graphviz-grad frames "$samples/lecture.grad" -o "$out/frames.$format"
done
quietly graphviz-grad frames "$samples/lecture.grad" -o "$out/frame-{n}.svg"
graphviz-grad render "$samples" --out-dir "$out/all" -T svg -T png -j 2 2>"$out/said" ||
  fail "the folder: $(cat "$out/said")"
grep -q ' drawn, in ' "$out/said" || fail "the folder: $(cat "$out/said")"
rm "$out/said"
version=$(graphviz-grad --version | sed -n 's/^Graphviz //p')
for picture in "$samples"/*.svg; do
  name=$(basename "$picture" .svg)
  # Other versions of Graphviz put nodes elsewhere.
  if [ "$(cat "$samples/drawn-with")" = "Graphviz $version, $(uname -m)" ]; then
    cmp -s "$picture" "$out/all/$name.svg" || fail "$name.svg is not the committed one"
  else
    begins "all/$name.svg" '<svg'
  fi
done
begins lecture.svg '<svg'
begins lecture.png '.PNG'
begins lecture.pdf '%PDF-1.4'
begins lecture.webp 'RIFF'
begins lecture.eps '%!PS'
begins frames.pptx 'PK'
begins frames.gif 'GIF89a'
begins frames.pdf '%PDF-1.4'

# Letters that only pango can set, and those that the font of figures lacks.
quietly graphviz-grad render -e 'größe = 2; θ = größe * 3' -o "$out/letters.png"

# As dot, for plain graphs and for programs.
echo 'digraph { a -> b [label = "plain"] }' >"$out/plain.gv"
for format in svg png pdf; do
  quietly graphviz-grad-dot -T$format "$out/plain.gv" -o "$out/plain.$format"
  quietly graphviz-grad-dot -T$format "$samples/lecture.grad" -o "$out/as-dot.$format"
done
begins plain.png '.PNG'
grep -q '>plain</text>' "$out/plain.svg" || fail "a plain graph has lost its label"

# As a filter of pandoc.
cat >"$out/document.json" <<'END'
{"pandoc-api-version": [1, 22], "meta": {}, "blocks": [
  {"t": "CodeBlock", "c": [["", ["grad"], []], "x = 3\ny = x*x"]}]}
END
cd "$out"
quietly pandoc-graphviz-grad html <document.json >filtered.json
grep -q '"Image"\|<svg' filtered.json || fail "the filter draws nothing"

echo "$(find "$out" -type f | wc -l) files, $failures faults"
[ "$failures" -eq 0 ]

#!/bin/sh
# Draws every sample in every format with a program, and checks what comes out, by the means of a bare
# system:
#
#     sh Tests/Scripts/draw_samples.sh .build/release/graphviz-grad samples
#
# Nothing is missing for figures, a PDF is the same bytes at another time, PNG and PDF have the size and the
# words of the figure, and SVG is the committed one where this Graphviz draws as that did.
set -eu

tool=$1
samples=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  echo "FAIL $*"
  failures=$((failures + 1))
}

version=$("$tool" --version | sed -n 's/^Graphviz //p')
echo "Graphviz $version"
"$tool" doctor || fail "doctor misses something"

draw() {
  for format in svg png webp jpg pdf eps tikz typ mermaid drawio dot json cmapx html; do
    for program in "$samples"/*.grad; do
      name=$(basename "$program" .grad)
      "$tool" render "$program" -o "$1/$name.$format" -T "$format" 2>"$work/said" ||
        fail "$name.$format: $(cat "$work/said")"
    done
  done
  "$tool" frames "$samples/lecture.grad" -o "$1/frames.pdf" || fail "frames.pdf"
  "$tool" frames "$samples/lecture.grad" -o "$1/frames.gif" || fail "frames.gif"
  "$tool" frames "$samples/lecture.grad" -o "$1/frames.pptx" || fail "frames.pptx"
}

mkdir "$work/one" "$work/two"
draw "$work/one"
# A date that slipped into a file shows in another second.
second=$(date +%s)
while [ "$(date +%s)" = "$second" ]; do :; done
draw "$work/two"

count=0
for file in "$work/one"/*; do
  name=$(basename "$file")
  count=$((count + 1))
  cmp -s "$file" "$work/two/$name" || fail "$name differs from run to run"
  case $name in
  *.png) [ "$(head -c 8 "$file" | od -An -c | tr -d ' \n')" = '211PNG\r\n032\n' ] || fail "$name is no PNG" ;;
  *.eps) head -c 4 "$file" | grep -q '%!PS' || fail "$name is no EPS" ;;
  *.pdf)
    head -c 8 "$file" | grep -q '%PDF-1.4' || fail "$name is no PDF 1.4"
    if grep -aq CreationDate "$file"; then fail "$name has a date"; fi
    pdftotext -layout "$file" - | grep -q '[0-9]' || fail "$name has no numbers"
    ;;
  esac
done
SOURCE_DATE_EPOCH=1700000000 "$tool" render "$samples/lecture.grad" -T pdf -o "$work/dated.pdf"
grep -aq 'CreationDate (D:20231114221320Z' "$work/dated.pdf" || fail "SOURCE_DATE_EPOCH has no effect"

# What Debian calls 2.43 is 2.42.
case "$(cut -d, -f1 "$samples/drawn-with"), $(uname -m)" in
"Graphviz 2.43.0, $(cut -d' ' -f3 "$samples/drawn-with")")
  case $version in
  2.42.* | 2.43.*)
    for picture in "$samples"/*.svg; do
      cmp -s "$picture" "$work/one/$(basename "$picture")" || fail "$picture is drawn otherwise"
    done
    ;;
  esac
  ;;
esac

echo "$count files drawn twice, $failures faults"
[ "$count" -gt 50 ] && [ "$failures" -eq 0 ]

"""Writes the advance widths of Liberation Sans as Swift data.

    apt-get install fonts-liberation2; pip install fonttools

Version 2 of the font is the one: the middle dot of version 1 is narrower than Arial's. Letters for
private use and those that browsers do not draw are left out; what is in the table is as wide as
Chromium's `measureText` says.
    python3 Tests/Scripts/font_widths.py > Sources/GradFigure/Text/LiberationSansWidths.swift
"""

import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDERS = ["/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation"]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def widths(face):
    paths = [Path(folder) / f"LiberationSans-{face}.ttf" for folder in FOLDERS]
    font = TTFont(next(path for path in paths if path.exists()))
    assert font["head"].unitsPerEm == 2048 and font["head"].fontRevision >= 2
    return {code: font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}


def is_drawn(code):
    return unicodedata.category(chr(code)) not in ("Cc", "Cf", "Co", "Cn")


regular, bold = widths("Regular"), widths("Bold")
codes = sorted(code for code in regular.keys() & bold.keys() if is_drawn(code))
runs = []
for code in codes:
    if runs and code - runs[-1][1] <= 1:
        runs[-1][1] = code
    else:
        runs.append([code, code])


def literal(table):
    text = "".join(ALPHABET[table[c] >> 6] + ALPHABET[table[c] & 63] for c in codes)
    lines = [text[i : i + 88] for i in range(0, len(text), 88)]
    return '"""\n    ' + "\\\n    ".join(lines) + '\n    """'


print("""// Written by Tests/Scripts/font_widths.py; the widths are those of Liberation Sans 2.

/// The advance widths of Liberation Sans, which are Arial's, in units of 1/2048 em.
///
/// Two characters of base 64 a code point, for the code points of ``runs`` one after another.
enum LiberationSansWidths {
  /// The code points that the font has: the first and the last of each run.
  static let runs: [(first: UInt32, last: UInt32)] = [""")
line = "   "
for first, last in runs:
    item = f" (0x{first:X}, 0x{last:X}),"
    if len(line) + len(item) > 100:
        print(line)
        line = "   "
    line += item
print(line)
print("  ]\n")
print("  static let regular: StaticString = " + literal(regular) + "\n")
print("  static let bold: StaticString = " + literal(bold) + "\n}")

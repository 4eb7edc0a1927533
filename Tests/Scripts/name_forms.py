"""Writes the table of letters that Python takes for others in names (Unicode's form NFKC).

    python3 Tests/Scripts/name_forms.py > Sources/GradCore/NameForm+Table.swift

Letters whose canonical form (NFC) says the same are left out: Swift compares strings by it.
"""

import unicodedata


def entries():
    """Runs of letters: the first, the last, what the first stands for, and what each next adds."""
    runs = []
    for code in range(0x80, 0x110000):
        letter = chr(code)
        form = unicodedata.normalize("NFKC", letter)
        if not ("a" + letter).isidentifier() or form == unicodedata.normalize("NFC", letter):
            continue
        if runs and runs[-1][1] + 1 == code and len(form) == 1 and len(runs[-1][2]) == 1:
            first, last, target, step = runs[-1]
            for next_step in (1, 0) if first == last else (step,):
                if ord(target) + next_step * (code - first) == ord(form):
                    runs[-1] = (first, code, target, next_step)
                    break
            else:
                runs.append((code, code, form, 1))
        else:
            runs.append((code, code, form, 1))
    for first, last, target, step in runs:
        source = f"{first:x}" if first == last else f"{first:x}-{last:x}"
        yield source + (":" if step else "=") + ".".join(f"{ord(letter):x}" for letter in target)


def lines(width):
    line = ""
    for entry in entries():
        if len(line) + len(entry) + 1 > width:
            yield line
            line = ""
        line += (" " if line else "") + entry
    yield line


print(f"""// Written by Tests/Scripts/name_forms.py, from Unicode {unicodedata.unidata_version}.

extension NameForm {{
  /// Letters in hexadecimal and what they stand for: `b5:3bc` one, `ff41-ff5a:61` a run of as many
  /// others, `fe8f-fe90=628` a run that all stand for one, `fb01:66.69` one that stands for several.
  static let table = \"\"\"""")
print(" \\\n".join("    " + line for line in lines(94)))
print('    """\n}')

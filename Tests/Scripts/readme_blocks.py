"""Runs the blocks of the README in the current folder, which is a clone.

    python3 Tests/Scripts/readme_blocks.py test       # the command that passes the tests
    python3 Tests/Scripts/readme_blocks.py others     # everything else

`graphviz-grad` must be on the PATH for the others. The Swift block is a test of its own.
"""

import pathlib
import re
import subprocess
import sys

readme = pathlib.Path("README.md").read_text()
blocks = re.findall(r"^```(\w+)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
assert {kind for kind, _ in blocks} == {"sh", "python", "console", "swift"}, "an unknown kind of block"


def shell(text):
    print(text, end="", flush=True)
    subprocess.run(["bash", "-euo", "pipefail", "-c", text], check=True)


def is_test(text):
    return text.rstrip().endswith("swift test")


assert sum(is_test(text) for kind, text in blocks if kind == "sh") == 1

for kind, text in blocks:
    if kind == "sh" and is_test(text) == (sys.argv[1] == "test"):
        shell(text)
    elif sys.argv[1] == "test":
        continue
    elif kind == "console":
        command, _, expected = text.removeprefix("$ ").partition("\n")
        found = subprocess.run(command, shell=True, check=True, capture_output=True, text=True)
        assert found.stdout == expected, f"{command} prints\n{found.stdout}"
    elif kind == "python":
        samples = [path.read_text() for path in pathlib.Path("samples").rglob("*.grad")]
        assert any(text in sample for sample in samples), f"no sample has the program\n{text}"

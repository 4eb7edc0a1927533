"""What the scripts of this folder share: checks that stop a script, commands, a browser."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

checks = 0


def check(holds, message):
    """Counts a check; where it does not hold, ends the script with its name and the message."""
    global checks
    checks += 1
    if not holds:
        sys.exit(f"{Path(sys.argv[0]).name}: {message}")


def finish(summary):
    """Prints what was checked; a script that has checked nothing has failed."""
    count = checks
    check(count > 0, "nothing was checked")
    print(f"{summary}: {count} checks")


def attempt(*words, folder=None, data=None, text=True, env=None):
    """Runs a command to its end, whatever that is."""
    return subprocess.run(
        [str(word) for word in words], cwd=folder, input=data, capture_output=True, text=text,
        timeout=600, env={**os.environ, **(env or {})})


def run(*words, code=0, **options):
    """What a command prints; it must end with the code."""
    done = attempt(*words, **options)
    said = f"{done.stderr[-3000:]}{done.stdout[-3000:]}"
    check(done.returncode == code, f"{' '.join(map(str, words))} ends with {done.returncode}: {said}")
    return done.stdout


def seed_of_programs(place):
    """The seed of random programs: the argument at a place of the command line, else the one that every run
    has, so that what fails in one change and not in another is the change. It is printed."""
    seed = int(sys.argv[place]) if len(sys.argv) > place else 1
    print(f"seed {seed}")
    return seed


def article(name):
    """The blocks of code of an article of the documentation, with their languages, in their order."""
    catalog = Path(__file__).resolve().parents[2] / "Sources/GraphvizGrad/Documentation.docc"
    found = re.findall(r"(?ms)^(`{3,})([^\n`]*)\n(.*?)^\1$", (catalog / f"{name}.md").read_text("utf-8"))
    return [(language, text) for _, language, text in found]


@contextlib.contextmanager
def chromium(*arguments):
    """The browser, as playwright drives it."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    check(path, "chromium is not installed")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox", *arguments])
        yield browser
        browser.close()

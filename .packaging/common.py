"""What the parts of this folder share: where they are, commands, files in memory."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent

# The packages of Debian whose tools are asked for.
PACKAGES = {
    "dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev", "ldd": "libc-bin", "patchelf": "patchelf",
    "readelf": "binutils", "strip": "binutils",
}


def end(message):
    """Ends with a message."""
    sys.exit(f".packaging/make: {message}")


def need(*tools):
    """Makes sure that tools are there, and names all that are not."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        packages = sorted({PACKAGES[tool] for tool in missing if tool in PACKAGES})
        help = f": apt-get install {' '.join(packages)}" if packages else ""
        end(f"{', '.join(missing)} not found{help}")


def output_of(*words, **options):
    """What a command prints; it must end well."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode:
        end(f"'{' '.join(map(str, words))}' ends with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


@dataclass
class File:
    """A file of a package: its bytes, and whether it is a program; or a link."""

    data: bytes = b""
    is_program: bool = False
    link: str = ""

    @property
    def mode(self):
        return 0o777 if self.link else 0o755 if self.is_program else 0o644


@cache
def owner(path):
    """The package of Debian that a file comes from."""
    # Debian knows files of /usr/lib as /lib too, by what the package said when there were both.
    for name in (str(path), str(path).removeprefix("/usr"), f"/usr{path}"):
        found = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    return end(f"no package of Debian owns {path}")


def version(package):
    """The version of an installed package, without what Debian puts before and behind it."""
    text = output_of("dpkg-query", "-W", "-f", "${Version}\n", package).splitlines()[0]
    return text.rpartition(":")[2].rpartition("-")[0] or text

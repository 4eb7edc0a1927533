"""Shared libraries: which a program needs, where they are, and how new a C library they want."""

import re
from pathlib import Path

from common import end, output_of, owner

# What every system has, of its own version: nothing of it may come along.
OF_THE_SYSTEM = {"libc6"}


def needed(files):
    """The libraries that files need, and those need, by the names that they are asked for."""
    found = {}
    for file in files:
        for line in output_of("ldd", file).splitlines():
            match = re.match(r"\s*(\S+) => (.+?)(?: \(0x|$)", line)
            if not match:
                continue
            if match[2] == "not found":
                end(f"{file} needs {match[1]}, which is not here")
            found[match[1]] = Path(match[2]).resolve()
    return {
        name: path for name, path in sorted(found.items()) if owner(path) not in OF_THE_SYSTEM}


def named(names):
    """Where libraries are, by their names, as this machine's loader finds them."""
    machine = {}
    for line in output_of("/sbin/ldconfig", "-p").splitlines():
        match = re.match(r"\s*(\S+) \(.*\) => (\S+)", line)
        if match:
            # The first of several is that of the machine's own kind.
            machine.setdefault(match[1], Path(match[2]).resolve())
    return {name: machine.get(name) or end(f"{name} is not here") for name in names}


def check_own_paths(path):
    """Makes sure that a library looks nowhere but where its program does."""
    if re.search(r"\((RUNPATH|RPATH)\)", output_of("readelf", "-d", path)):
        end(f"{path} looks for libraries in places of its own, which are on no other machine")


def newest_glibc(paths):
    """The newest version of the C library that any of the files asks for."""
    newest = (2, 17)
    for path in paths:
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", output_of("readelf", "-V", "-W", path)):
            newest = max(newest, (int(major), int(minor)))
    return newest

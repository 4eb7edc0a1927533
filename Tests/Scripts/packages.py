"""Makes the wheels, the tar and the package of Debian, and installs them where there is nothing.

    apt-get install --no-install-recommends bash-completion binutils debootstrap dpkg-dev fish lintian \
        man-db patchelf zsh
    pip install dockerfile
    Tests/Scripts/debian_root.sh make bookworm BOOKWORM python3 python3-venv      # and trixie, as root
    .packaging/make --scratch-path SCRATCH
    python3 Tests/Scripts/packages.py SCRATCH BOOKWORM TRIXIE

BOOKWORM and TRIXIE are bare systems that `debian_root.sh` has made, without Graphviz and without fonts; what
is made once more has the same bytes as in SCRATCH/packages. The wheel's tag is what its files ask for.
Everything draws in the bare systems as an ordinary user, with the same pixels in both, and is removed
without a trace.
"""

import filecmp
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import dockerfile

from common import check, finish, run

CHECKOUT = Path(__file__).resolve().parents[2]
SCRATCH = Path(sys.argv[1]).resolve()
MEGABYTE = 1_000_000
# What a package manager remembers of packages that came and went, and fontconfig of fonts.
MEMORIES = ("/var/cache/", "/var/lib/apt/", "/var/lib/dpkg/", "/var/log/", "/tmp/", "/proc/", "/dev/", "/sys/")


class Root:
    """A bare system in a folder, with an ordinary user."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.as_root = [] if os.geteuid() == 0 else ["sudo", "--preserve-env=PATH"]
        found = self.run("find / -xdev -name 'libgvc*' -o -name 'libcairo*' -o -name '*.ttf' -o -name '*.pfb'")
        check(not found.strip(), f"{self.folder} is not bare: {found}")
        self.run("id ann || useradd --create-home ann")

    def attempt(self, line, user="root"):
        # As at a login: a home, and no folder of anybody else's.
        words = ["sh", "-c", line] if user == "root" else ["runuser", "-l", user, "-c", line]
        return subprocess.run(
            [*self.as_root, CHECKOUT / "Tests/Scripts/debian_root.sh", "run", self.folder, *words],
            capture_output=True, text=True, timeout=600)

    def run(self, line, user="root"):
        done = self.attempt(line, user)
        check(done.returncode == 0, f"{self.folder.name}: {line} ends with {done.returncode}: "
              f"{done.stderr[-3000:]}{done.stdout[-3000:]}")
        return done.stdout

    def put(self, path, place):
        """Copies a file or a folder of this machine to a folder there."""
        subprocess.run([*self.as_root, "cp", "-r", path, f"{self.folder}{place}"], check=True)

    def files(self):
        """All files there but those of memories."""
        listed = self.run("find / -xdev ! -type d").splitlines()
        return {name for name in listed if not name.startswith(MEMORIES)}

    def take(self, folder, place):
        """Copies a folder from there to this machine."""
        subprocess.run([*self.as_root, "cp", "-r", f"{self.folder}{place}", folder], check=True)
        subprocess.run([*self.as_root, "chown", "-R", str(os.getuid()), folder], check=True)


def check_files(wheel):
    """What the wheel holds."""
    archive = zipfile.ZipFile(wheel)
    check(archive.testzip() is None, "the wheel is broken")
    newest = max(
        (int(major), int(minor)) for name in archive.namelist() if name.startswith("graphviz_grad/")
        for major, minor in re.findall(rb"GLIBC_(\d+)\.(\d+)\0", archive.read(name)))
    check(f"manylinux_{newest[0]}_{newest[1]}_{os.uname().machine}" in wheel.name, f"{newest}: {wheel.name}")
    program = archive.read("graphviz_grad/bin/graphviz-grad")
    check(program[:4] == b"\x7fELF" and b".symtab" not in program, "the program is not stripped")
    library = CHECKOUT / "Sources/Python/graphviz_grad"
    modules = [path for path in library.rglob("*.py")]
    check(modules, "there is no library for Python")
    for path in modules:
        name = f"graphviz_grad/{path.relative_to(library).as_posix()}"
        check(archive.read(name) == path.read_bytes(), f"{name} is not the library's")
    licences = [name for name in archive.namelist() if ".dist-info/licenses/" in name]
    for word in ["SOURCES", "swift", "swift-argument-parser", "libgvc6", "libcairo2", "fonts-liberation"]:
        check(any(Path(name).name.startswith(word) for name in licences), f"no licence of {word}")


def check_drawn(root, place, pictures):
    """Draws with what is installed, and brings the pictures here."""
    root.put(CHECKOUT / "samples", "/home/ann/samples")
    root.put(CHECKOUT / "Tests/Scripts/draw_installed.sh", "/home/ann")
    root.run("chown -R ann /home/ann")
    said = root.run(f"PATH={place}:/usr/bin:/bin sh ~/draw_installed.sh ~/samples ~/drawn", "ann")
    check(" 0 faults" in said, f"{root.folder.name}: {said}")
    root.take(pictures, "/home/ann/drawn")
    root.run("rm -rf /home/ann/samples /home/ann/draw_installed.sh /home/ann/drawn /home/ann/.cache")
    return (pictures / "doctor.txt").read_text()


def check_served(root, place):
    """Starts the server that is installed, and has it draw."""
    root.run(
        f"cd /tmp && PATH={place}:/usr/bin:/bin && "
        "(graphviz-grad serve --port 8377 --workers 1 2>/tmp/served & echo $! >/tmp/server) && "
        "for i in 1 2 3 4 5 6 7 8 9; do grep -q listening /tmp/served && break; sleep 1; done && "
        "bash -c 'exec 3<>/dev/tcp/127.0.0.1/8377 && "
        "printf \"POST /png HTTP/1.0\\r\\nContent-Length: 9\\r\\n\\r\\nJ = 3 * 2\" >&3 && grep -q -a PNG <&3' && "
        "kill $(cat /tmp/server) && rm -f /tmp/served /tmp/server", "ann")


def check_same(one, other):
    """Pictures of two systems are the same, byte for byte."""
    names = sorted(str(path.relative_to(one)) for path in one.rglob("*") if path.is_file())
    check(len(names) > 60, f"{one} holds {len(names)} files")
    # Into PDFs of plain graphs Graphviz writes the time.
    for name in set(names) - {"doctor.txt", "plain.pdf"}:
        check(filecmp.cmp(one / name, other / name, shallow=False), f"{name} differs in {one} and {other}")


NOTEBOOK = """
import graphviz_grad, shutil
assert shutil.which("graphviz-grad") is None
figure = graphviz_grad.grad("a = 5; b = 3; J = a * b", style="circuit")
data, metadata = figure._repr_mimebundle_()
assert data["image/svg+xml"].startswith("<svg") and data["image/png"].startswith("iVBOR"), list(data)
print(data["text/plain"])
"""


def check_wheel(root, wheel, server, pictures):
    """Installs the wheel for a user, in an environment that is not activated, then the server's, and removes both."""
    before = root.files()
    root.put(wheel, "/home/ann")
    root.run(f"python3 -m venv ~/venv && ~/venv/bin/pip install --no-index ~/{wheel.name}", "ann")
    doctor = check_drawn(root, "~/venv/bin", pictures)
    check("with its own Graphviz, cairo and fonts" in doctor, doctor)
    check("--  Chinese" in doctor and "!!" not in doctor, doctor)
    # What another Graphviz or a stray library would change does nothing.
    root.run("mkdir /tmp/junk && touch /tmp/junk/libgvc.so.6 /tmp/junk/libcairo.so.2")
    root.run(
        "echo 'digraph { a }' | GVBINDIR=/tmp/junk LD_LIBRARY_PATH=/tmp/junk "
        "~/venv/bin/graphviz-grad-dot -Tpng -o x.png", "ann")
    root.run("rm -rf /tmp/junk /home/ann/x.png")
    said = root.run(f"~/venv/bin/python - <<'E'\n{NOTEBOOK}\nE\n", "ann")
    check("J = 15" in said, said)
    done = root.attempt("PATH=~/venv/bin:/usr/bin:/bin graphviz-grad serve", "ann")
    check("graphviz_grad_serve" in done.stderr, f"without a server: {done}")
    root.put(server, "/home/ann")
    root.run(f"~/venv/bin/pip install --no-index ~/{server.name}", "ann")
    check_served(root, "~/venv/bin")
    root.run("~/venv/bin/pip uninstall -y graphviz-grad-serve graphviz-grad", "ann")
    left = root.run("find ~/venv -name '*graphviz*'", "ann")
    check(not left, f"after the wheel is removed there is {left}")
    root.run("rm -rf /home/ann/venv /home/ann/*.whl /home/ann/.cache")
    check(root.files() == before, f"the wheel leaves {root.files() ^ before}")


def check_tar(root, tar, pictures):
    """Unpacks the tar in a folder with a space in its name, with links to its commands elsewhere."""
    before = root.files()
    run("tar", "-C", pictures.parent, "-xJf", tar)
    unpacked = next(pictures.parent.glob("graphviz-grad-*"))
    root.run("mkdir -p '/opt/my tools'")
    root.put(unpacked, "/opt/my tools/")
    folder = f"/opt/my tools/{unpacked.name}"
    root.run(f"ln -s '{folder}'/bin/* /usr/local/bin/")
    check_drawn(root, "/usr/local/bin", pictures)
    check_served(root, "/usr/local/bin")
    root.run("rm -rf /usr/local/bin/*graphviz-grad* '/opt/my tools'")
    check(root.files() == before, f"the tar leaves {root.files() ^ before}")


def check_container(deb):
    """The container's file, as Docker's own parser reads it; what it runs to install the package."""
    path = CHECKOUT / ".packaging/Containerfile"
    commands = dockerfile.parse_file(str(path))
    check([c.cmd for c in commands] == ["FROM", "COPY", "RUN", "WORKDIR", "ENTRYPOINT"], f"{commands}")
    by_name = {command.cmd: command for command in commands}
    check(by_name["FROM"].value == ("debian:bookworm-slim",), "the image is not that of the package")
    pattern, place = by_name["COPY"].value
    check(list(deb.parent.glob(pattern)) == [deb], f"{pattern} is not the package")
    check(by_name["ENTRYPOINT"].json and by_name["ENTRYPOINT"].value == ("graphviz-grad",), "ENTRYPOINT")
    return place, by_name["RUN"].value[0]


def check_package(root, deb, pictures):
    """Installs the package as the container's file does, draws, and removes it."""
    place, line = check_container(deb)
    root.put(deb, place)
    root.run("apt-get update")
    before, packages = root.files(), root.run("dpkg-query -W")
    root.run(f"export DEBIAN_FRONTEND=noninteractive; {line}")
    doctor = check_drawn(root, "/usr/bin", pictures)
    check("as a package of Debian" in doctor and "!!" not in doctor, doctor)
    check_served(root, "/usr/bin")
    # Somebody without a home, as in a container, reads the cache of fonts that root has filled.
    done = root.attempt("cd /; HOME=/ setpriv --reuid 12345 --regid 12345 --clear-groups "
                        "graphviz-grad render -e 'x = 3; y = x*x' -T png -o - | head -c 4 | tail -c 3")
    check(done.stdout == "PNG" and not done.stderr, f"{done}")
    root.run("apt-get purge -y graphviz-grad && apt-get autoremove --purge -y")
    check(root.run("dpkg-query -W") == packages, "packages are left")
    check(root.files() == before, f"the package leaves {root.files() ^ before}")


def check_lintian(deb, tree):
    """Debian's own checker, and man's warnings."""
    said = subprocess.run(
        ["lintian", "--allow-root", "--pedantic", deb], capture_output=True, text=True, timeout=600).stdout
    errors = [line for line in said.splitlines() if line.startswith(("E:", "W:"))]
    # The project has no licence yet.
    check([line.split()[2] for line in errors] == ["no-copyright-file"], said)
    page = next(tree.glob("usr/share/man/man1/graphviz-grad.1.gz"))
    shown = subprocess.run(
        ["man", "--warnings", "-l", page], capture_output=True, text=True,
        env={**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
    check(shown.returncode == 0 and not shown.stderr, f"man: {shown.stderr}")
    text = run(tree / "usr/bin/graphviz-grad", "--help")
    verbs = re.findall(r"^  ([a-z]+) +[A-Z]", text.partition("SUBCOMMANDS:")[2], re.MULTILINE)
    check(len(verbs) > 14, f"{verbs}")
    for verb in verbs:
        check(f"THE VERB {verb.upper()}\n" in shown.stdout, f"the manual has no {verb}")


def main():
    bookworm, trixie = Root(sys.argv[2]), Root(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        run(CHECKOUT / ".packaging/make", "--scratch-path", SCRATCH, "--output", folder / "again")
        made = sorted((folder / "again").iterdir())
        for path in made:
            check(
                filecmp.cmp(path, SCRATCH / "packages" / path.name, shallow=False),
                f"{path.name} is other bytes than in {SCRATCH}/packages")
            check(path.stat().st_size < 20 * MEGABYTE, f"{path.name} has {path.stat().st_size} bytes")
        names = ("graphviz-grad-*.tar.xz", "graphviz_grad-*.whl", "graphviz_grad_serve-*.whl", "*.deb")
        tar, wheel, server, deb = (next((folder / "again").glob(name)) for name in names)
        check_files(wheel)
        check_wheel(bookworm, wheel, server, folder / "bookworm")
        check_wheel(trixie, wheel, server, folder / "trixie")
        check_same(folder / "bookworm", folder / "trixie")
        check_tar(trixie, tar, folder / "tar")
        check_same(folder / "trixie", folder / "tar")
        tree = folder / "tree"
        run("dpkg-deb", "-x", deb, tree)
        check_lintian(deb, tree)
        print(run(sys.executable, CHECKOUT / "Tests/Scripts/completions.py", tree), end="")
        check_package(bookworm, deb, folder / "deb")
        sizes = ", ".join(f"{path.name} {path.stat().st_size / MEGABYTE:.1f} MB" for path in made)
    finish(f"packages ({sizes})")


main()

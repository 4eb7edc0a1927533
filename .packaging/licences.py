"""The licences of what comes along: Debian's word on each file's package, and of what is linked in."""

import re
import shutil
from pathlib import Path

from common import File, end, output_of, owner

COMMON = Path("/usr/share/common-licenses")


class Licences:
    """The texts by file name, ``SOURCES.txt`` among them: from which package of Debian what comes."""

    def __init__(self, program, paths):
        owned = {}
        for path in sorted(set(paths)):
            owned.setdefault(owner(path), []).append(path.name)
        self.files, rows, common = {}, [], set()
        for package, names in sorted(owned.items()):
            text = Path(f"/usr/share/doc/{package}/copyright").read_bytes()
            self.files[f"{package}.txt"] = File(text)
            common |= self._common(text)
            row = output_of(
                "dpkg-query", "-W", "-f", "${Package}\t${Version}\t${source:Package} ${source:Version}\n",
                package)
            rows.append(f"{row.splitlines()[0]}\t{' '.join(names)}\n")
        self.files.update(linked_in(program))
        # Those texts name the long licences by where Debian keeps them.
        for name in sorted(common):
            self.files[f"common-{name}.txt"] = File((COMMON / name).read_bytes())
        heading = "package\tversion\tsource package of Debian\tfiles\n"
        self.files["SOURCES.txt"] = File((heading + "".join(rows)).encode())

    @staticmethod
    def _common(text):
        names = re.findall(rb"/usr/share/common-licenses/([\w.+-]*\w)", text)
        return {name.decode() for name in names if (COMMON / name.decode()).is_file()}


def linked_in(program):
    """The licences of what is part of the program itself: Swift's libraries, ArgumentParser and FlyingFox."""
    swift = Path(shutil.which("swift")).resolve().parent.parent / "share/swift/LICENSE.txt"
    parser = program.scratch / "checkouts/swift-argument-parser/LICENSE.txt"
    fox = program.scratch / "checkouts/FlyingFox/LICENSE"
    for path in [swift, parser, fox]:
        if not path.exists():
            end(f"{path} is missing, a licence of what the program holds")
    return {
        "swift.txt": File(swift.read_bytes()), "swift-argument-parser.txt": File(parser.read_bytes()),
        "FlyingFox.txt": File(fox.read_bytes())}

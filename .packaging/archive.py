"""The folder as a tar, for machines without Python."""

import io
import lzma
import os
import tarfile

from common import File
from program import OTHER_NAMES


# The tool and the server share most of their code, megabytes apart, and its calls name places from where
# they stand: a wide window finds the former, and the filter makes equal calls equal.
FILTERS = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 9}]


def make_tar(program, bundle, output):
    """Writes ``graphviz-grad-VERSION-linux-MACHINE.tar.xz``, of one folder."""
    files = {**bundle.files, **bundle.share, "bin/graphviz-grad-serve": bundle.server}
    for name in OTHER_NAMES:
        files[f"bin/{name}"] = File(link="graphviz-grad")
    for name, file in bundle.licences.files.items():
        files[f"share/doc/graphviz-grad/licences/{name}"] = file
    top = f"graphviz-grad-{program.version}"
    path = output / f"{top}-linux-{os.uname().machine}.tar.xz"
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, file in sorted(files.items()):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mode, entry.mtime = len(file.data), file.mode, program.epoch
            if file.link:
                entry.type, entry.linkname = tarfile.SYMTYPE, file.link
            tar.addfile(entry, io.BytesIO(file.data))
    path.write_bytes(lzma.compress(raw.getvalue(), filters=FILTERS))
    return path

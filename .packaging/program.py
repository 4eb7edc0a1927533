"""The program: built with Swift's libraries inside, stripped, and what it says of itself."""

import os
import re
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from common import REPOSITORY, end, output_of

# What the program is called besides its own name.
OTHER_NAMES = ["graphviz-grad-dot", "pandoc-graphviz-grad"]


class Program:
    """The built program.

    ``path`` is a stripped copy that finds libraries where the system has them, and ``server`` one of the
    program that ``graphviz-grad serve`` becomes.
    """

    def __init__(self, scratch, folder):
        self.scratch, self.folder = scratch, folder
        self.path = self._built("graphviz-grad")

    @cached_property
    def server(self):
        return self._built("graphviz-grad-serve")

    def _built(self, product):
        build = [
            "swift", "build", "-c", "release", "--static-swift-stdlib", "--product", product,
            "--package-path", str(REPOSITORY), "--scratch-path", str(self.scratch)]
        # What it says goes to standard error, as only names of results go to standard output.
        if subprocess.run(build, stdout=2).returncode:
            end(f"{product} cannot be built")
        path = self.folder / product
        shutil.copy(Path(output_of(*build, "--show-bin-path").strip()) / product, path)
        output_of("strip", path)
        # Where Swift was when it was built is nobody's affair.
        output_of("patchelf", "--remove-rpath", path)
        if "libswift" in output_of("ldd", path):
            end(f"{product} needs Swift's libraries, though it was to hold them")
        return path

    def says(self, *words):
        """What the program prints."""
        return output_of(self.path, *words)

    @cached_property
    def version(self):
        return self.says("--version").split()[1]

    @cached_property
    def epoch(self):
        """The time of everything in the packages, in seconds since 1970."""
        time = os.environ.get("SOURCE_DATE_EPOCH")
        if time is None:
            time = output_of("git", "-C", REPOSITORY, "log", "-1", "--format=%ct")
        # Zip files know no time before 1980.
        return max(int(time), 315532800)

    @cached_property
    def opened_libraries(self):
        """The libraries that it opens by their names while it runs, as its source says."""
        sources = (REPOSITORY / "Sources/GraphvizRenderer").glob("*.swift")
        pattern = re.compile(r'SharedLibrary\(\s*"([^"]+\.so\.\d+)"')
        names = sorted({name for path in sources for name in pattern.findall(path.read_text())})
        return names or end("the source opens no libraries any more")

"""A folder with the program and all that it needs, the C library aside:

    bin/graphviz-grad                  and in the tar, or by a wheel of its own, bin/graphviz-grad-serve
    lib/graphviz-grad/                 libraries by the names that they are asked for
    lib/graphviz-grad/graphviz/        Graphviz's plugins, and which of them does what
    lib/graphviz-grad/fonts.conf       the fonts beside it, and the machine's
    lib/graphviz-grad/fonts/
    share/                             completions and the manual
"""

import re
import shutil
from functools import cached_property
from pathlib import Path

import libraries
from common import HERE, File, end, output_of, owner, version
from completions import completions
from licences import Licences
from manual import manual

# What lays out, and what writes SVG and pixels for plain graphs.
PLUGINS = ["core", "dot_layout", "pango"]
STYLES = ["Regular", "Bold", "Italic", "BoldItalic"]
# Version 2 of the fonts: Debian 12 has version 1 in the other folder, under another licence.
FONT_FOLDERS = [
    Path("/usr/share/fonts/truetype/liberation2"), Path("/usr/share/fonts/truetype/liberation")]
OWN = "lib/graphviz-grad"


class Bundle:
    """The files of the folder by their paths in it, and where each comes from."""

    def __init__(self, program):
        self.program = program
        self.plugins = self._find_plugins()
        opened = libraries.named(program.opened_libraries)
        self.libraries = {
            **libraries.needed([program.path, *self.plugins, *opened.values()]), **opened}
        for path in [*self.libraries.values(), *self.plugins]:
            libraries.check_own_paths(path)
        self.fonts = self._find_fonts()

    def _find_fonts(self):
        for folder in FONT_FOLDERS:
            paths = [folder / f"LiberationSans-{style}.ttf" for style in STYLES]
            if all(path.exists() for path in paths) and version(owner(paths[0]))[0] == "2":
                return paths
        return end("there is no Liberation Sans of version 2: apt-get install fonts-liberation2")

    def _find_plugins(self):
        gvc = next(
            path for name, path in libraries.needed([self.program.path]).items()
            if name.startswith("libgvc."))
        self.plugin_folder = gvc.parent / "graphviz"
        found = []
        for name in PLUGINS:
            paths = sorted(self.plugin_folder.glob(f"libgvplugin_{name}.so.[0-9]"))
            if len(paths) != 1:
                end(f"Graphviz's plugin {name} is not in {self.plugin_folder}: apt-get install graphviz")
            found += paths
        return found

    @cached_property
    def glibc(self):
        """The version of the C library that the folder needs, such as (2, 36)."""
        return libraries.newest_glibc([self.program.path, *self.libraries.values(), *self.plugins])

    @cached_property
    def licences(self):
        """Those of everything in the folder."""
        return Licences(
            self.program, [*self.libraries.values(), *(p.resolve() for p in self.plugins), *self.fonts])

    @cached_property
    def files(self):
        files = {"bin/graphviz-grad": File(self._placed(self.program.path), is_program=True)}
        for name, path in self.libraries.items():
            files[f"{OWN}/{name}"] = File(path.read_bytes())
        for path in self.plugins:
            files[f"{OWN}/graphviz/{path.name}"] = File(path.read_bytes())
        files.update(self._configuration())
        files[f"{OWN}/fonts.conf"] = File((HERE / "fonts.conf").read_bytes())
        for font in self.fonts:
            files[f"{OWN}/fonts/{font.name}"] = File(font.read_bytes())
        return files

    @cached_property
    def share(self):
        """What shells and man find where the folder is that of a user or of /usr/local."""
        return {
            **completions(self.program, zsh="share/zsh/site-functions"),
            "share/man/man1/graphviz-grad.1": File(manual(self.program).encode()),
        }

    @cached_property
    def server(self):
        """The server, for where there is room for a second program."""
        return File(self._placed(self.program.server), is_program=True)

    @staticmethod
    def _placed(program):
        """The bytes of a program that finds its libraries from its own place."""
        path = program.with_name(f"{program.name}-in-bundle")
        shutil.copy(program, path)
        # RPATH, not RUNPATH: it holds also for what the libraries need, and for what is opened by name.
        output_of("patchelf", "--force-rpath", "--set-rpath", f"$ORIGIN/../{OWN}", path)
        return path.read_bytes()

    def _configuration(self):
        """Graphviz's list of what each plugin does, as `dot -c` wrote it, for those that come along."""
        configurations = sorted(self.plugin_folder.glob("config[0-9]*"))
        if len(configurations) != 1:
            end(f"there is no one configuration in {self.plugin_folder}: run 'dot -c' as root")
        text = configurations[0].read_text()
        blocks = re.findall(r"^libgvplugin_\S+ \w+ \{.*?^\}\n", text, re.MULTILINE | re.DOTALL)
        kept = [b for b in blocks if any(b.startswith(f"{path.name} ") for path in self.plugins)]
        if len(kept) != len(self.plugins):
            end(f"{configurations[0]} does not name every plugin: run 'dot -c' as root")
        return {f"{OWN}/graphviz/{configurations[0].name}": File("".join(kept).encode())}

"""Writes the figures of Sphinx documents: into pages of HTML, and as images for other builders."""

from __future__ import annotations

import html

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .command import CommandMissing
from .pages import inline
from .sphinx_figures import BUILDS, IMAGES, Refusal, draw, grad_figure, logger, report, text_of, wanted


class Pictures(SphinxPostTransform):
    """Makes images of figures for builders that copy them, and words for those that have none."""

    default_priority = 20

    def run(self, **kwargs):
        build = BUILDS[str(self.env.doctreedir)]
        builder = build.builder
        if builder.format == "html" and builder.name != "epub":
            return
        hasImages = builder.name != "texinfo" and any(
            kind in IMAGES for kind in builder.supported_image_types)
        for figure in list(self.document.findall(grad_figure)):
            made = self.image(build, figure) if hasImages else self.words(figure)
            if figure["ids"] and builder.format == "latex":
                # Its images have no label of their own.
                made.insert(0, nodes.target("", "", ids=figure["ids"]))
            else:
                made[0]["ids"] += figure["ids"]
            made[-1]["classes"] += figure["classes"]
            figure.replace_self(made)
            if builder.name == "man":
                # Its writer ends no line after a caption.
                for caption in made[0].parent.findall(nodes.caption):
                    caption.replace_self(nodes.paragraph("", "", *caption.children))

    def image(self, build, figure):
        extension = wanted(build.builder)
        try:
            path, _, messages = draw(build, figure, extension)
        except (CommandMissing, Refusal) as error:
            for message in [{"message": str(error)}] if isinstance(error, CommandMissing) else error.args[0]:
                report(message, figure)
            return self.words(figure)
        for message in messages:
            # What there is to say about the program was said when it was read.
            if "line" not in message:
                logger.warning("%s", text_of(message), type="graphviz_grad",
                               subtype=message["code"], once=True)
        image = nodes.image("", uri=str(path), candidates={"*": str(path)}, alt=figure["alt"])
        image.source, image.line = figure.source, figure.line
        for side in ("width", "height"):
            if figure[f"display_{side}"]:
                image[side] = figure[f"display_{side}"]
        if extension == "pdf" and "width" not in image and "height" not in image:
            # A pixel of a page is 3/4 of a point.
            image["scale"] = 75
        if "align" in figure:
            image["align"] = figure["align"]
        self.env.images.add_file(figure["docname"], str(path))
        return [image]

    def words(self, figure):
        return [nodes.paragraph(line, line) for line in figure["alt"].splitlines() if line] or [
            nodes.paragraph()]


def visit_html(self, figure):
    classes = ["graphviz-grad"]
    if "align" in figure:
        classes.append(f"align-{figure['align']}")
    self.body.append(self.starttag(figure, "div", CLASS=" ".join(classes)))
    try:
        path, _, _ = draw(BUILDS[str(self.builder.doctreedir)], figure, "svg")
    except (CommandMissing, Refusal) as error:
        for message in [{"message": str(error)}] if isinstance(error, CommandMissing) else error.args[0]:
            report(message, figure)
        self.body.append(html.escape(figure["alt"]))
    else:
        taken = self.__dict__.setdefault("graphviz_grad_ids", {})
        self.body.append(
            inline(path.read_text("utf-8"), taken, figure["display_width"], figure["display_height"],
                   alt=figure["own_alt"]))
    self.body.append("</div>\n")
    raise nodes.SkipNode

"""Draws computation graphs with every value and every derivative.

    import graphviz_grad

    with graphviz_grad.record() as r:
        loss = net(x).square().mean()
        loss.backward()
    r.draw("figure.svg", style="lecture")

`record` is for PyTorch; `trace` runs functions of other libraries, and `draw` draws values that know what they
were computed from. In notebooks, ``%load_ext graphviz_grad`` gives the magic ``%%grad``; in Sphinx,
``extensions = ["graphviz_grad"]`` gives the directive ``grad``. Every picture is drawn by the command
``graphviz-grad``. Nothing but Python's own library is imported before it is needed.
"""

from .options import VERSION as __version__

# What the package offers, by the module that has it.
_MODULES = {
    "draw": "engines",
    "grad": "jupyter",
    "record": "recorder",
    "trace": "engines",
    "Drawing": "picture",
    "GradError": "command",
    "Trace": "traces",
}
__all__ = ["__version__", *_MODULES]


def __getattr__(name):
    if name not in _MODULES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(__all__)


def setup(app):
    """Makes this an extension of Sphinx."""
    from . import sphinx

    return sphinx.setup(app)


def load_ipython_extension(shell):
    """Makes this an extension of IPython."""
    from . import jupyter

    jupyter.load_ipython_extension(shell)

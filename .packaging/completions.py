"""Completions for bash, zsh and fish, as the program writes them."""

from common import File


def completions(
        program, zsh, bash="share/bash-completion/completions", fish="share/fish/vendor_completions.d"):
    """The files of all three shells, in folders where they look."""
    def script(shell):
        return program.says("--generate-completion-script", shell)

    # What bash reads on demand is no program, and has no first line of one.
    lines = script("bash").splitlines(keepends=True)
    return {
        f"{bash}/graphviz-grad": File("".join(lines[lines[0].startswith("#!"):]).encode()),
        f"{zsh}/_graphviz-grad": File(script("zsh").encode()),
        f"{fish}/graphviz-grad.fish": File(script("fish").encode()),
    }

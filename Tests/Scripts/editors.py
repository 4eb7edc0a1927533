"""Loads into editors what `integration` writes for them, and has them attach to the server.

    apt-get install --no-install-recommends elpa-lsp-mode emacs-nox neovim nodejs vim-nox
    python3 Tests/Scripts/editors.py GRAPHVIZ_GRAD SAMPLES

Neovim, and Emacs with lsp-mode, open a sample and ask the server what it says of a name. For Helix, Kate and VS
Code the files are read as they read them; npm is a stand-in, so that nothing is fetched.
"""

import json
import os
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

from common import check, finish, run

TOOL, SAMPLES = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()

LOOK = """
local said
vim.wait(20000, function()
  local clients = vim.lsp.buf_get_clients(0)
  return next(clients) ~= nil and vim.tbl_count(vim.lsp.buf_get_clients(0)) > 0
    and (function() for _, c in pairs(clients) do if c.initialized then return true end end end)()
end, 50)
local answers = vim.lsp.buf_request_sync(0, "textDocument/hover", {
  textDocument = vim.lsp.util.make_text_document_params(), position = { line = 6, character = 0 } }, 20000)
for _, answer in pairs(answers or {}) do said = answer.result.contents.value or answer.result.contents end
local group = vim.fn.synIDattr(vim.fn.synID(1, 1, 1), "name")
local number = vim.fn.synIDattr(vim.fn.synID(4, 5, 1), "name")
vim.cmd("syntax on")
vim.wait(50)
local again = vim.fn.synIDattr(vim.fn.synID(4, 5, 1), "name")
print("\\nSAID " .. tostring(said) .. " END " .. vim.bo.filetype .. " " .. group .. " " .. number .. " " .. again .. "\\n")
"""

ASK = """
(progn
  (setq lsp-auto-guess-root t lsp-enable-file-watchers nil lsp-session-file "%s/session"
        lsp-enable-suggest-server-download nil)
  (require 'lsp-mode)
  (load "%s/grad-mode.el")
  (find-file "%s")
  (font-lock-ensure)
  (message "MODE %%s" major-mode)
  (message "FACE %%s" (get-text-property (point-min) 'face))
  (with-temp-buffer
    (insert "x = 2\n  #: --style circuit\n# a remark\n")
    (grad-mode)
    (font-lock-ensure)
    (message "OPTIONS %%s %%s" (get-text-property 10 'face) (get-text-property (- (point-max) 3) 'face)))
  (goto-char (point-min))
  (lsp-workspace-folders-add "%s")
  (lsp)
  (let ((end (+ (float-time) 20)))
    (while (and (< (float-time) end)
                (not (and (lsp-workspaces)
                          (eq (lsp--workspace-status (car (lsp-workspaces))) 'initialized))))
      (accept-process-output nil 0.1)))
  (search-forward "u =")
  (goto-char (match-beginning 0))
  (message "SAID %%s" (gethash "value" (gethash "contents" (let ((lsp-use-plists nil)) (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))))
"""


def environment(folder):
    bin_folder = folder / "bin"
    return {"PATH": f"{bin_folder}:{os.environ['PATH']}", "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "bin").mkdir()
        (folder / "bin/graphviz-grad").symlink_to(TOOL)
        program = folder / "lecture.grad"
        shutil.copy(SAMPLES / "lecture.grad", program)
        neovim(folder, program)
        vim(folder, program)
        emacs(folder, program)
        helix = tomllib.loads(run(TOOL, "integration", "helix"))
        check(helix["language"][0]["language-servers"] == list(helix["language-server"]), "Helix's server")
        kate = json.loads(run(TOOL, "integration", "kate"))
        check(kate["servers"]["grad"]["command"] == ["graphviz-grad", "lsp"], "Kate's server")
        vscode(folder)


def neovim(folder, program):
    from subprocess import PIPE, STDOUT, run as start

    plugin = folder / "nvim/plugin"
    plugin.mkdir(parents=True)
    run(TOOL, "integration", "neovim", "-o", plugin / "graphviz-grad.lua")
    look = folder / "look.lua"
    look.write_text(LOOK)
    # Neovim says everything on standard error.
    done = start(["nvim", "--headless", "-i", "NONE", program, "-c", f"luafile {look}", "-c", "qall!"],
                 env={**os.environ, **environment(folder)}, stdout=PIPE, stderr=STDOUT, text=True, timeout=120)
    check("du = dv · ∂v/∂u = 3 · 1 = 3" in done.stdout, f"Neovim asks the server: {done.stdout}")
    check("END grad gradComment gradNumber gradNumber" in done.stdout, f"Neovim colours: {done.stdout}")


def vim(folder, program):
    script = folder / "graphviz-grad.vim"
    run(TOOL, "integration", "vim", "-o", script)
    result = folder / "vim.txt"
    run("vim", "-es", "-u", "NONE", "-i", "NONE", "-c", "set nocompatible", "-c", "syntax on", "-c", "filetype on",
        "-c", f"source {script}", "-c", f"edit {program}",
        "-c", "let g:said = &filetype .. ' ' .. synIDattr(synID(1, 1, 1), 'name') .. ' '"
              " .. synIDattr(synID(4, 5, 1), 'name')",
        "-c", f"call writefile([g:said], '{result}')", "-c", "qall!", env=environment(folder))
    check(result.read_text() == "grad gradComment gradNumber\n", f"Vim colours: {result.read_text()}")


def emacs(folder, program):
    from subprocess import PIPE, STDOUT, run as start

    run(TOOL, "integration", "emacs", "-o", folder / "grad-mode.el")
    done = start(["emacs", "--batch", "--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile",
                  folder / "grad-mode.el"], stdout=PIPE, stderr=STDOUT, text=True, timeout=120,
                 env={**os.environ, **environment(folder)})
    check("rror" not in done.stdout, f"Emacs compiles: {done.stdout}")
    ask = ASK % (folder, folder, program, folder)
    done = start(["emacs", "--batch", "-l", "package", "-f", "package-initialize", "--eval", ask], stdout=PIPE,
                 stderr=STDOUT, text=True, timeout=120, env={**os.environ, **environment(folder)})
    check("MODE grad-mode" in done.stdout and "FACE font-lock-comment" in done.stdout, f"Emacs: {done.stdout}")
    check("OPTIONS font-lock-preprocessor-face font-lock-comment-face" in done.stdout, f"Emacs: {done.stdout}")
    check("du = dv · ∂v/∂u = 3 · 1 = 3" in done.stdout, f"Emacs asks the server: {done.stdout}")


def vscode(folder):
    npm = folder / "bin/npm"
    npm.write_text("#!/bin/sh\necho \"$*\" >npm.txt\n")
    npm.chmod(0o755)
    script = folder / "vscode.sh"
    run(TOOL, "integration", "vscode", "-o", script)
    said = run("sh", script, folder / "extensions", env=environment(folder))
    extension = next((folder / "extensions").iterdir())
    check(str(extension) in said, said)
    manifest = json.loads((extension / "package.json").read_text())
    for part in manifest["contributes"]["languages"] + manifest["contributes"]["grammars"]:
        path = part.get("configuration") or part["path"]
        json.loads((extension / path).read_text(encoding="utf-8"))
    check((extension / "npm.txt").read_text().startswith("install"), "npm is called")
    run("node", "--check", extension / manifest["main"])


main()
finish("editors")

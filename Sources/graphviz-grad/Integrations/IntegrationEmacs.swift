import GradEditor

extension Integration {
  /// A mode for Emacs, with the server for Eglot and lsp-mode.
  static let emacs = Integration(
    name: "emacs",
    summary: "a mode for Emacs, with the server for Eglot and lsp-mode",
    text: """
      ;;; grad-mode.el --- Programs of graphviz-grad -*- lexical-binding: t -*-
      ;; \(note("emacs"))
      ;; Save as ~/.emacs.d/lisp/grad-mode.el, and add to the configuration:
      ;;
      ;;   (add-to-list 'load-path "~/.emacs.d/lisp")
      ;;   (require 'grad-mode)
      ;;   (add-hook 'grad-mode-hook #'eglot-ensure)   ; Emacs 29 or newer; lsp for lsp-mode
      ;;
      ;; Values stand behind the lines with Eglot from Emacs 30 on.

      ;;; Code:
      (defconst grad-keywords
        '(\(strings(Highlighting.language.keywords))))

      (defconst grad-functions
        '(\(strings(Highlighting.language.functions))))

      (defconst grad-font-lock-keywords
        `(("^[ \\t]*\\\\(#:.*\\\\)" 1 font-lock-preprocessor-face t)
          (,(concat "\\\\_<" (regexp-opt grad-keywords t) "\\\\_>") . font-lock-keyword-face)
          (,(concat "\\\\_<" (regexp-opt grad-functions t) "\\\\_>[ \\t]*(") 1 font-lock-builtin-face)
          ("^[ \\t]*\\\\(\\\\(?:\\\\w\\\\|\\\\s_\\\\)+\\\\)[ \\t]*=[^=]" 1 font-lock-variable-name-face)
          ("\\\\_<[0-9][0-9_.]*\\\\(?:[eE][+-]?[0-9]+\\\\)?" . font-lock-constant-face)))

      (defvar grad-mode-syntax-table
        (let ((table (make-syntax-table)))
          (modify-syntax-entry ?# "<" table)
          (modify-syntax-entry ?\\n ">" table)
          (modify-syntax-entry ?' "\\"" table)
          (modify-syntax-entry ?_ "_" table)
          table))

      ;;;###autoload
      (define-derived-mode grad-mode prog-mode "Grad"
        "Major mode for programs of graphviz-grad."
        (setq-local comment-start "# ")
        (setq-local comment-end "")
        (setq-local font-lock-defaults '(grad-font-lock-keywords)))

      ;;;###autoload
      (add-to-list 'auto-mode-alist '("\\\\.grad\\\\'" . grad-mode))

      (defvar eglot-server-programs)
      (with-eval-after-load 'eglot
        (add-to-list 'eglot-server-programs '(grad-mode . ("graphviz-grad" "lsp"))))

      (defvar lsp-language-id-configuration)
      (declare-function lsp-register-client "lsp-mode")
      (declare-function make-lsp-client "lsp-mode")
      (declare-function lsp-stdio-connection "lsp-mode")
      (declare-function lsp-activate-on "lsp-mode")
      (with-eval-after-load 'lsp-mode
        (add-to-list 'lsp-language-id-configuration '(grad-mode . "grad"))
        (lsp-register-client
         (make-lsp-client
          :new-connection (lsp-stdio-connection '("graphviz-grad" "lsp"))
          :activation-fn (lsp-activate-on "grad")
          :server-id 'graphviz-grad)))

      (provide 'grad-mode)
      ;;; grad-mode.el ends here

      """)

  /// Words as texts of Lisp, in lines.
  private static func strings(_ words: [String]) -> String {
    stride(from: 0, to: words.count, by: 8).map { first in
      words[first..<min(first + 8, words.count)].map { "\"\($0)\"" }.joined(separator: " ")
    }.joined(separator: "\n    ")
  }
}

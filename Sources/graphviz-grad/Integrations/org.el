;;; ob-grad.el --- Source blocks of grad for Org  -*- lexical-binding: t; -*-

;; Org: source blocks of the language grad are drawn. Save as ob-grad.el where Emacs finds it, and say
;;
;;   (require 'ob-grad)
;;
;;   #+begin_src grad :name fig-cost :caption The cost, forward and back :width 60% :var b=4
;;   a = 5
;;   b = 3
;;   J = a * b
;;   #+end_src
;;
;; graphviz-grad @VERSION@ is to be on the PATH, or the variable `org-babel-grad-command' its path.

;;; Code:

(require 'ob)
(require 'json)
(require 'subr-x)

(defvar org-babel-grad-command "graphviz-grad"
  "The command that draws programs.")

(defvar org-babel-default-header-args:grad '((:results . "drawer") (:exports . "results"))
  "A block is its picture, with a caption and a name where it has them.")

(defconst org-babel-grad-options (split-string "@OPTIONS@ name caption alt width height")
  "What a block may ask for, as header arguments.")

(defvar org-export-current-backend)

(defun org-babel-grad--words (params)
  "The header arguments PARAMS as words of the command line."
  (let (words)
    (dolist (param params (nreverse words))
      (let ((name (substring (symbol-name (car param)) 1))
            (value (cdr param)))
        (cond
         ((eq (car param) :var)
          (push (format "set=%s=%s" (car value) (cdr value)) words))
         ((not (member name org-babel-grad-options)))
         ((member value '(nil "" "yes")) (push name words))
         ((not (equal value "no")) (push (format "%s=%s" name value) words)))))))

(defun org-babel-grad--draw (body format params)
  "What the command says of the program BODY in FORMAT with PARAMS."
  (let* ((messages (make-temp-file "grad"))
         (coding-system-for-write 'utf-8)
         (coding-system-for-read 'utf-8)
         (document (buffer-file-name (buffer-base-buffer)))
         (process-environment
          (if document
              (cons (concat "GRAPHVIZ_GRAD_SOURCE=" document) process-environment)
            process-environment)))
    (unwind-protect
        (with-temp-buffer
          (insert body "\n")
          (let ((status (apply #'call-process-region nil nil org-babel-grad-command t
                               (list t messages) nil
                               "filter" "block" format (org-babel-grad--words params)))
                (said (with-temp-buffer
                        (insert-file-contents messages)
                        (string-trim (buffer-string)))))
            (unless (eql status 0)
              ;; A debugger without a screen cuts long messages.
              (when noninteractive (message "%s" said))
              (user-error "%s" said))
            (unless (string-empty-p said) (message "%s" said))
            (goto-char (point-min))
            (let ((json-object-type 'alist) (json-false nil)) (json-read))))
      (delete-file messages))))

(defun org-babel-grad--file (params backend figure)
  "Where the picture of FIGURE goes, as PARAMS and the BACKEND of an export say."
  (let* ((given (cdr (assq :file params)))
         (name (alist-get 'name figure))
         (stem (cond (given (file-name-sans-extension given))
                     ((string-empty-p name)
                      (concat "figures/grad-" (substring (sha1 (alist-get 'description figure)) 0 12)))
                     (t (concat "figures/" name)))))
    (concat stem "." backend)))

(defun org-babel-execute:grad (body params)
  "Draw the program BODY as PARAMS say, and return a link to the picture."
  (let* ((given (cdr (assq :file params)))
         (backend (or (and given (file-name-extension given))
                      (if (memq (bound-and-true-p org-export-current-backend) '(latex beamer)) "pdf" "svg")))
         (figure (org-babel-grad--draw body backend params))
         (file (org-babel-grad--file params backend figure))
         (picture (alist-get 'picture figure))
         (coding-system-for-write 'utf-8))
    (when (file-name-directory file) (make-directory (file-name-directory file) t))
    (if (equal (alist-get 'mediaType figure) "image/svg+xml")
        (write-region picture nil file nil 'silent)
      (let ((coding-system-for-write 'no-conversion))
        (write-region (base64-decode-string picture) nil file nil 'silent)))
    (org-babel-grad--link figure file)))

(defun org-babel-grad--link (figure file)
  "The lines that show FIGURE in FILE."
  (let ((name (alist-get 'name figure))
        (caption (alist-get 'caption figure))
        (width (alist-get 'width figure)))
    (concat
     (unless (string-empty-p name) (format "#+name: %s\n" name))
     (unless (string-empty-p caption) (format "#+caption: %s\n" caption))
     (format "#+attr_html: :alt %s%s\n" (alist-get 'alternative figure)
             (if (string-empty-p width) "" (concat " :width " width)))
     (cond
      ((string-suffix-p "%" width)
       (format "#+attr_latex: :width %.2f\\linewidth\n" (/ (string-to-number width) 100.0)))
      ((string-match-p "[a-z]\\'" width) (format "#+attr_latex: :width %s\n" width))
      (t "#+attr_latex: :scale 0.75\n"))
     (format "[[file:%s]]" file))))

(add-to-list 'org-src-lang-modes '("grad" . python))
(add-to-list 'org-babel-tangle-lang-exts '("grad" . "grad"))

(provide 'ob-grad)

;;; ob-grad.el ends here

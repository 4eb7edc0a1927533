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
(require 'seq)
(require 'subr-x)

(defvar org-babel-grad-command "graphviz-grad"
  "The command that draws programs.")

(defvar org-babel-default-header-args:grad '((:results . "drawer") (:exports . "results"))
  "A block is its picture, with a caption and a name where it has them.")

(defconst org-babel-grad-own
  '(:result-params :result-type :colname-names :rowname-names :shebang :comments)
  "Header arguments that Org adds by itself.")

(defvar org-export-current-backend)

(defun org-babel-grad--words (params)
  "The header arguments PARAMS as words of the command line."
  (let (words)
    (dolist (param params (nreverse words))
      (let* ((key (car param))
             (name (substring (symbol-name key) 1))
             (value (cdr param)))
        (cond
         ((eq key :var)
          (push (format "set=%s=%s" (car value) (cdr value)) words))
         ;; What Org does not know is for the command, which says what it does not know either.
         ((or (memq key org-babel-grad-own)
              (assq (intern name) org-babel-common-header-args-w-values)))
         ((member value '(nil "" "yes")) (push name words))
         ((not (equal value "no")) (push (format "%s=%s" name value) words)))))))

(defun org-babel-grad--ask (body format params)
  "What the command says of the program BODY in FORMAT with PARAMS.
A pair of the figure, nil for a program that is wrong, and messages."
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
            (goto-char (point-min))
            (cons (when (eql status 0)
                    (let ((json-object-type 'alist) (json-false nil)) (json-read)))
                  said)))
      (delete-file messages))))

(defun org-babel-grad--draw (body format params)
  "The figure of the program BODY in FORMAT with PARAMS."
  (let* ((answer (org-babel-grad--ask body format params))
         (said (cdr answer)))
    (cond
     ((null (car answer))
      (if noninteractive (org-babel-grad--stop said format) (user-error "%s" said)))
     ((not (string-empty-p said)) (message "%s" said)))
    (car answer)))

(defun org-babel-grad--stop (said format)
  "End a run without a screen after the mistake SAID, and tell later ones.
A debugger would cut long messages; FORMAT is that of the pictures."
  (message "%s" said)
  (let ((start (point)))
    (org-babel-map-src-blocks nil
      (when (and (> (point) start) (equal lang "grad"))
        (let* ((info (org-babel-get-src-block-info))
               (answer (org-babel-grad--ask
                        (nth 1 info) format (org-babel-process-params (nth 2 info)))))
          (unless (car answer) (message "%s" (cdr answer)))))))
  (kill-emacs 1))

(defun org-babel-grad--file (params backend figure)
  "Where the picture of FIGURE goes, as PARAMS and the BACKEND of an export say."
  (let* ((given (cdr (assq :file params)))
         (name (alist-get 'name figure))
         (stem (cond (given (file-name-sans-extension given))
                     ((string-empty-p name)
                      (concat "figures/grad-" (substring (sha1 (alist-get 'description figure)) 0 12)))
                     (t (concat "figures/" name)))))
    (concat stem "." backend)))

(defun org-babel-grad--backend (params)
  "The format of the picture that PARAMS ask for; LaTeX reads no SVG."
  (let* ((file (cdr (assq :file params)))
         (extension (and file (file-name-extension file))))
    (if (and (memq (bound-and-true-p org-export-current-backend) '(latex beamer))
             (member extension '(nil "svg")))
        "pdf"
      (or extension "svg"))))

(defun org-babel-execute:grad (body params)
  "Draw the program BODY as PARAMS say, and return a link to the picture."
  (let* ((backend (org-babel-grad--backend params))
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

(defun org-babel-grad--sizes (figure html)
  "The sizes of FIGURE on a page, for a style in HTML or else for LaTeX."
  (mapconcat
   (lambda (side)
     (let* ((size (alist-get side figure))
            (number (string-to-number size))
            (whole (if (eq side 'width) "\\linewidth" "\\textheight")))
       (cond
        ((string-empty-p size) "")
        (html (format "%s:%s%s;" side size (if (string-match-p "[0-9]\\'" size) "px" "")))
        ((string-suffix-p "%" size) (format " :%s %.2f%s" side (/ number 100.0) whole))
        ;; Pixels are those of the web, 96 an inch.
        ((string-match-p "\\([0-9]\\|px\\)\\'" size) (format " :%s %.3fin" side (/ number 96.0)))
        (t (format " :%s %s" side size)))))
   '(width height) ""))

(defun org-babel-grad--link (figure file)
  "The lines that show FIGURE in FILE."
  (let ((name (alist-get 'name figure))
        (caption (alist-get 'caption figure))
        (style (org-babel-grad--sizes figure t))
        (sizes (org-babel-grad--sizes figure nil)))
    (concat
     (unless (string-empty-p name) (format "#+name: %s\n" name))
     (unless (string-empty-p caption) (format "#+caption: %s\n" caption))
     (format "#+attr_html: :alt %s%s\n" (alist-get 'alternative figure)
             (if (string-empty-p style) "" (concat " :style " style)))
     ;; Without a scale Org makes it as wide as the line.
     (format "#+attr_latex:%s\n" (if (string-empty-p sizes) " :scale 1" sizes))
     (format "[[file:%s]]" file))))

(add-to-list 'org-src-lang-modes '("grad" . python))
(add-to-list 'org-babel-tangle-lang-exts '("grad" . "grad"))

(provide 'ob-grad)

;;; ob-grad.el ends here

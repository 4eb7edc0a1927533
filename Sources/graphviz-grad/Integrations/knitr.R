# knitr and R Markdown: chunks of the engine grad are drawn. Save as graphviz-grad.R beside the document, and
# read it in the first chunk:
#
#   source("graphviz-grad.R")
#
# graphviz-grad @VERSION@ is to be on the PATH, or its path in the variable GRAPHVIZ_GRAD.
local({
  figure_options <- strsplit("@OPTIONS@", " ")[[1]]
  # These are knitr's own.
  figure_options <- setdiff(figure_options, c("background", "dpi"))
  knitr_options <- c(names(knitr::opts_chunk$get()), "label", "engine", "code", "params.src")
  found <- list()

  # Whether a name is an option of figures, or else so near to one that it is meant to be: the command says so.
  is_meant <- function(name) {
    sorted <- function(words) vapply(strsplit(words, ""), function(word) paste(sort(word), collapse = ""), "")
    name %in% figure_options ||
      !(gsub("-", ".", name, fixed = TRUE) %in% knitr_options) &&
        any(utils::adist(name, figure_options) == 1 | sorted(name) == sorted(figure_options))
  }

  # The line of the document that a chunk's code begins in; each place is one chunk's.
  line_of <- function(code, file) {
    lines <- if (file.exists(file)) trimws(readLines(file, warn = FALSE, encoding = "UTF-8"))
    code <- trimws(code)
    last <- length(lines) - length(code) + 1
    for (start in setdiff(seq_len(max(0, last)), found[[file]])) {
      if (identical(lines[start + seq_along(code) - 1], code)) {
        found[[file]] <<- c(found[[file]], start)
        return(start)
      }
    }
  }

  draw <- function(options) {
    if (!isTRUE(options$eval)) return(knitr::engine_output(options, options$code, ""))
    format <- if (knitr::is_latex_output()) "pdf" else if (knitr::is_html_output()) "svg" else "png"
    path <- knitr::fig_path(paste0(".", format), options)
    dir.create(dirname(path), showWarnings = FALSE, recursive = TRUE)
    # Names of R have a dot where others have a dash.
    names <- gsub(".", "-", names(options), fixed = TRUE)
    meant <- vapply(names, is_meant, NA)
    given <- options[meant]
    names(given) <- names[meant]
    words <- vapply(names(given), function(name) {
      value <- given[[name]]
      if (isTRUE(value)) return(paste0("--", name))
      if (identical(value, FALSE)) return("")
      paste0("--", name, "=", paste(value, collapse = ","))
    }, "")
    messages <- tempfile()
    on.exit(unlink(messages))
    # A line of its own says where the program is.
    document <- knitr::current_input()
    start <- line_of(options$code, document)
    mark <- if (length(start)) sprintf('#line %d "%s"', start, document)
    # What the figure shows, in words, is for readers who do not see it.
    said <- suppressWarnings(system2(
      Sys.getenv("GRAPHVIZ_GRAD", "graphviz-grad"),
      shQuote(c("render", "-", "-o", path, "--alt-output", "-", words[nzchar(words)])),
      input = enc2utf8(c(mark, options$code)), stdout = TRUE, stderr = messages))
    place <- paste0(document, ", chunk ", options$label)
    told <- sub("<stdin>", place, readLines(messages, encoding = "UTF-8"), fixed = TRUE)
    if (!is.null(attr(said, "status"))) stop("\n", paste(told, collapse = "\n"), call. = FALSE)
    if (length(told) > 0) message(paste(told, collapse = "\n"))
    Encoding(said) <- "UTF-8"
    if (knitr::is_html_output() && is.null(options$fig.alt)) options$fig.alt <- paste(said, collapse = " ")
    # Without a width of its own a figure is as large as it is, not as a plot of R.
    plot <- options$fig.width * options$dpi / if (is.numeric(options$fig.retina)) options$fig.retina else 1
    if (isTRUE(all.equal(options$out.width, plot))) options$out.width <- NULL
    options$fig.num <- options$fig.cur <- 1L
    figure <- knitr::knit_hooks$get("plot")(path, options)
    options$engine <- "python"
    knitr::engine_output(options, options$code, "", figure)
  }

  knitr::knit_engines$set(grad = draw)
})

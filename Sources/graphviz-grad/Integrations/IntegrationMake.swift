extension Integration {
  /// Figures by make.
  static let make = Integration(
    name: "make",
    summary: "rules for make, with dependencies",
    text: #"""
      # make: a figure beside each program, drawn again when the program or a file that it reads changes.
      # Save as figures.mk, and add to the end of the Makefile:
      #
      #   include figures.mk
      #   paper.pdf: lecture.pdf
      #
      # The extension is the format: lecture.svg, lecture.png and lecture.pdf all come of lecture.grad.
      # `make figures` draws every program of the folder as SVG.
      GRAPHVIZ_GRAD ?= graphviz-grad
      GRADFLAGS ?=
      FIGURES ?= $(patsubst %.grad,%.svg,$(wildcard *.grad))

      .PHONY: figures
      figures: $(FIGURES)

      define draw-grad
      $(GRAPHVIZ_GRAD) render $< -o $@ --deps $@.d $(GRADFLAGS)
      endef

      %.svg: %.grad
      	$(draw-grad)
      %.png: %.grad
      	$(draw-grad)
      %.pdf: %.grad
      	$(draw-grad)
      %.eps: %.grad
      	$(draw-grad)

      -include $(wildcard *.svg.d *.png.d *.pdf.d *.eps.d)

      """#)
}

// One import gives everything.
@_exported public import GradCore
@_exported public import GradDrawing
@_exported public import GradFigure
@_exported public import GradLanguage
@_exported public import GradLesson
@_exported public import GradRequest
@_exported public import GraphvizRenderer

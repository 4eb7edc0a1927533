import GradFigure
import GradBase
import GradCore
import GradDrawing
import GraphvizRenderer

extension FileKind {
  static let mimebundle = FileKind(
    name: "mimebundle", fileExtension: "mimebundle", mediaType: "application/json", isText: true,
    usesFonts: true, note: Note(.before("\"image/png\": {"), "\"stamp\": \"", "\", "))
}

extension OutputFormat {
  /// One figure in every form that a notebook may show, as Jupyter's messages have it.
  ///
  /// A JSON object of `data`, by media type, and `metadata`, the size at which pixels are shown. In
  /// Python, `publish_display_data(**bundle)` shows it, and `bundle["data"], bundle["metadata"]` is what
  /// `_repr_mimebundle_` returns. It holds a PDF, so that nbconvert needs no other program for LaTeX.
  public static let mimebundle = OutputFormat(
    kind: .mimebundle,
    input: .drawing { (drawing, options) throws(GraphvizError) in
      Array(try MimeBundle(drawing, options).text.utf8)
    })
}

/// A drawing by media type.
struct MimeBundle {
  /// The JSON text.
  let text: String

  /// Writes a drawing in every form.
  init(_ drawing: Drawing, _ options: PictureOptions) throws(GraphvizError) {
    let scale = options.scale(of: drawing)
    let png = try drawing.bytes(.png, scale: scale)
    let pdf = try drawing.bytes(.pdf)
    var json = JSONText()
    json.object(.lines) { json in
      json.field("data") { json in
        json.object(.lines) { json in
          json.field("image/svg+xml", drawing.svg(idPrefix: options.idPrefix))
          json.field("image/png", base64(png))
          json.field("application/pdf", base64(pdf))
          json.field("text/plain", "\(drawing.heading): \(drawing.summary)")
        }
      }
      json.field("metadata") { json in
        json.object { json in
          json.field("image/png") { json in
            json.object { json in
              json.field("width", Int(drawing.size.width.rounded()))
              json.field("height", Int(drawing.size.height.rounded()))
            }
          }
        }
      }
    }
    text = json.text + "\n"
  }
}

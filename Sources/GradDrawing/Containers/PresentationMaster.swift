import GradFigure

/// What all slides of a presentation have in common.
///
/// Lengths are in EMU, 914,400 an inch.
struct PresentationMaster {
  let paper: String
  let ink: String

  static let slide = Size(width: 12_192_000, height: 6_858_000)
  private static let head = Rect(
    origin: Point(457_200, 274_320), size: Size(width: 11_277_600, height: 1_005_840))
  /// The room of a picture.
  static let body = Rect(
    origin: Point(457_200, 1_371_600), size: Size(width: 11_277_600, height: 5_120_640))

  // MARK: XML

  static let namespaces =
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    + "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""

  static func document(_ root: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\(root)"
  }

  static func place(_ room: Rect) -> String {
    "<a:xfrm><a:off x=\"\(Int(room.origin.x))\" y=\"\(Int(room.origin.y))\"/>"
      + "<a:ext cx=\"\(Int(room.size.width))\" cy=\"\(Int(room.size.height))\"/></a:xfrm>"
  }

  /// The shapes of a slide, a layout or a master.
  static func content(_ shapes: String, background: String = "", name: String = "") -> String {
    "<p:cSld\(name.isEmpty ? "" : " name=\"\(name)\"")>\(background)<p:spTree>"
      + "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
      + "<p:grpSpPr/>\(shapes)</p:spTree></p:cSld>"
  }

  /// The title, whose place a slide and a layout have from the master.
  static func title(
    _ properties: String, _ text: String, body: String = "<a:bodyPr><a:normAutofit/></a:bodyPr>"
  ) -> String {
    "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>"
      + "</p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr>\(properties)"
      + "<p:txBody>\(body)<a:lstStyle/>"
      + "<a:p><a:r><a:rPr lang=\"en-US\"/><a:t>\(text)</a:t></a:r></a:p></p:txBody></p:sp>"
  }

  private func fill(_ color: String) -> String {
    "<a:solidFill><a:srgbClr val=\"\(color.dropFirst().uppercased())\"/></a:solidFill>"
  }

  // MARK: Parts

  var master: String {
    let colors =
      "bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" "
      + (1...6).map { "accent\($0)=\"accent\($0)\"" }.joined(separator: " ")
      + " hlink=\"hlink\" folHlink=\"folHlink\""
    let place =
      "<p:spPr>\(Self.place(Self.head))<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>"
    let title = Self.title(
      place, "Title", body: "<a:bodyPr anchor=\"ctr\"><a:normAutofit/></a:bodyPr>")
    let background =
      "<p:bg><p:bgPr>\(fill(paper))<a:effectLst/></p:bgPr></p:bg>"
    return Self.document(
      "<p:sldMaster \(Self.namespaces)>\(Self.content(title, background: background))"
        + "<p:clrMap \(colors)/><p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/>"
        + "</p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"ctr\">"
        + "<a:defRPr sz=\"2800\">\(fill(ink))<a:latin typeface=\"+mj-lt\"/></a:defRPr></a:lvl1pPr>"
        + "</p:titleStyle><p:bodyStyle/><p:otherStyle/></p:txStyles></p:sldMaster>")
  }

  var layout: String {
    let content = Self.content(Self.title("<p:spPr/>", "Title"), name: "Title Only")
    return Self.document(
      "<p:sldLayout \(Self.namespaces) type=\"titleOnly\" preserve=\"1\">\(content)"
        + "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>")
  }

  var theme: String {
    let accents = ["1D4ED8", "C81E1E", "15803D", "B45309", "5B6472", "475569"]
    let colors =
      [("dk1", "111827"), ("lt1", "FFFFFF"), ("dk2", "475569"), ("lt2", "ECF2FE")]
      + accents.enumerated().map { ("accent\($0 + 1)", $1) }
      + [("hlink", "1D4ED8"), ("folHlink", "5B6472")]
    let fonts = ["major", "minor"].map {
      "<a:\($0)Font><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:\($0)Font>"
    }
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    func three(_ name: String, _ one: String) -> String {
      "<a:\(name)>\(one)\(one)\(one)</a:\(name)>"
    }
    let formats =
      three("fillStyleLst", fill) + three("lnStyleLst", "<a:ln w=\"9525\">\(fill)</a:ln>")
      + three("effectStyleLst", "<a:effectStyle><a:effectLst/></a:effectStyle>")
      + three("bgFillStyleLst", fill)
    return Self.document(
      "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Figure\">"
        + "<a:themeElements><a:clrScheme name=\"Figure\">"
        + colors.map { "<a:\($0)><a:srgbClr val=\"\($1)\"/></a:\($0)>" }.joined()
        + "</a:clrScheme><a:fontScheme name=\"Figure\">\(fonts.joined())</a:fontScheme>"
        + "<a:fmtScheme name=\"Figure\">\(formats)</a:fmtScheme></a:themeElements></a:theme>")
  }
}

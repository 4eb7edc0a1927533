package import GradFigure

import GradBase

/// A presentation in Office Open XML (ECMA-376): on each slide a title and a picture below it, as SVG
/// with pixels for programs that do not know it.
package struct Presentation {
  /// One slide.
  package struct Slide {
    let title: String
    let description: String
    let svg: [UInt8]
    let png: [UInt8]

    /// A slide of a title and the same picture twice, described in words.
    package init(title: String, description: String, svg: [UInt8], png: [UInt8]) {
      self.title = title
      self.description = description
      self.svg = svg
      self.png = png
    }
  }

  private let slides: [Slide]
  private let master: PresentationMaster
  private let picture: Rect

  /// A presentation of slides whose pictures have one size.
  ///
  /// - Parameters:
  ///   - slides: The slides.
  ///   - size: The size of the pictures, in points of a figure.
  ///   - paper: The colour of the slides, as `#rrggbb`.
  ///   - ink: The colour of titles.
  package init(_ slides: [Slide], size: Size, paper: String, ink: String) {
    self.slides = slides
    master = PresentationMaster(paper: paper, ink: ink)
    let scale = Self.magnification(of: size) * Self.pixel
    picture = Rect(
      center: PresentationMaster.body.center,
      size: Size(width: size.width * scale, height: size.height * scale))
  }

  /// How much larger than on a web page a picture is on a slide, at most twice.
  package static func magnification(of size: Size) -> Double {
    let room = PresentationMaster.body.size
    return min(room.width / size.width, room.height / size.height, 2 * pixel) / pixel
  }

  /// A pixel of a web page, in EMU.
  private static let pixel = 9_525.0

  /// The file.
  package var bytes: [UInt8] {
    var archive = ZIPArchive()
    archive.add("[Content_Types].xml", contentTypes)
    archive.add(
      "_rels/.rels",
      Self.relations([
        ("officeDocument", "ppt/presentation.xml")
      ]))
    archive.add("ppt/presentation.xml", presentation)
    archive.add(
      "ppt/_rels/presentation.xml.rels",
      Self.relations(
        [("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml")]
          + slides.indices.map { ("slide", "slides/slide\($0 + 1).xml") }))
    archive.add("ppt/theme/theme1.xml", master.theme)
    archive.add("ppt/slideMasters/slideMaster1.xml", master.master)
    archive.add(
      "ppt/slideMasters/_rels/slideMaster1.xml.rels",
      Self.relations([
        ("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml"),
      ]))
    archive.add("ppt/slideLayouts/slideLayout1.xml", master.layout)
    archive.add(
      "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
      Self.relations([("slideMaster", "../slideMasters/slideMaster1.xml")]))
    for (index, slide) in slides.enumerated() {
      let number = index + 1
      archive.add("ppt/slides/slide\(number).xml", text(of: slide))
      archive.add(
        "ppt/slides/_rels/slide\(number).xml.rels",
        Self.relations([
          ("slideLayout", "../slideLayouts/slideLayout1.xml"),
          ("image", "../media/frame\(number).png"), ("image", "../media/frame\(number).svg"),
        ]))
      archive.add("ppt/media/frame\(number).png", slide.png)
      archive.add("ppt/media/frame\(number).svg", slide.svg)
    }
    return archive.bytes
  }

  // MARK: Parts

  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// What a part refers to; the ids are `rId1`, `rId2` and so on.
  private static func relations(_ targets: [(kind: String, target: String)]) -> String {
    let namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    let lines = targets.enumerated().map { index, relation in
      "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)/\(relation.kind)\" "
        + "Target=\"\(relation.target)\"/>"
    }
    return PresentationMaster.document(
      "<Relationships xmlns=\"\(namespace)\">\(lines.joined())</Relationships>")
  }

  private var contentTypes: String {
    let namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    let kind = "application/vnd.openxmlformats-officedocument"
    let parts =
      [
        ("presentation.xml", "presentationml.presentation.main"),
        ("slideMasters/slideMaster1.xml", "presentationml.slideMaster"),
        ("slideLayouts/slideLayout1.xml", "presentationml.slideLayout"),
        ("theme/theme1.xml", "theme"),
      ] + slides.indices.map { ("slides/slide\($0 + 1).xml", "presentationml.slide") }
    let defaults = [
      ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
      ("xml", "application/xml"), ("png", "image/png"), ("svg", "image/svg+xml"),
    ]
    return PresentationMaster.document(
      "<Types xmlns=\"\(namespace)\">"
        + defaults.map { "<Default Extension=\"\($0)\" ContentType=\"\($1)\"/>" }.joined()
        + parts.map { "<Override PartName=\"/ppt/\($0)\" ContentType=\"\(kind).\($1)+xml\"/>" }
        .joined() + "</Types>")
  }

  private var presentation: String {
    let size = PresentationMaster.slide
    let list = slides.indices.map { "<p:sldId id=\"\(256 + $0)\" r:id=\"rId\($0 + 3)\"/>" }
    return PresentationMaster.document(
      "<p:presentation \(PresentationMaster.namespaces)>"
        + "<p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>"
        + "<p:sldIdLst>\(list.joined())</p:sldIdLst>"
        + "<p:sldSz cx=\"\(Int(size.width))\" cy=\"\(Int(size.height))\"/>"
        + "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>")
  }

  private func text(of slide: Slide) -> String {
    let svgExtension =
      "<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "
      + "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" "
      + "r:embed=\"rId3\"/></a:ext></a:extLst>"
    let picture =
      "<p:pic><p:nvPicPr><p:cNvPr id=\"3\" name=\"Figure\" descr=\"\(XML.attribute(slide.description))\"/>"
      + "<p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>"
      + "<p:blipFill><a:blip r:embed=\"rId2\">\(svgExtension)</a:blip>"
      + "<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
      + "<p:spPr>\(PresentationMaster.place(self.picture))"
      + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>"
    let title = PresentationMaster.title("<p:spPr/>", XML.text(slide.title))
    return PresentationMaster.document(
      "<p:sld \(PresentationMaster.namespaces)>\(PresentationMaster.content(title + picture))"
        + "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>")
  }
}

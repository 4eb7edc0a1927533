import Foundation

/// A colour in linear sRGB, to measure what readers see.
struct Color: Equatable {
  var red: Double
  var green: Double
  var blue: Double

  /// Who looks.
  enum Vision: CaseIterable { case trichromatic, protanopia, deuteranopia, tritanopia, greyscale }

  init(red: Double, green: Double, blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// The colour written `#rrggbb`; `nil` for any other text.
  init?(_ text: String) {
    guard text.count == 7, text.first == "#", let bits = UInt32(text.dropFirst(), radix: 16),
      text == text.lowercased()
    else { return nil }
    func linear(_ shift: UInt32) -> Double {
      let part = Double(bits >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    self.init(red: linear(16), green: linear(8), blue: linear(0))
  }

  /// Relative luminance (WCAG 2.1).
  var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  /// The contrast ratio (WCAG 2.1), 1 to 21.
  func contrast(to other: Color) -> Double {
    let (lighter, darker) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)
  }

  /// The colour as seen by readers who lack a kind of cone.
  ///
  /// Matrices of Machado, Oliveira and Fernandes, "A
  /// physiologically-based model for simulation of color vision deficiency", 2009, severity 1.
  func seen(by vision: Vision) -> Color {
    let rows: [[Double]]
    switch vision {
    case .trichromatic: return self
    case .greyscale: return Color(red: luminance, green: luminance, blue: luminance)
    case .protanopia:
      rows = [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .deuteranopia:
      rows = [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .tritanopia:
      rows = [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
    func part(_ row: [Double]) -> Double {
      min(1, max(0, row[0] * red + row[1] * green + row[2] * blue))
    }
    return Color(red: part(rows[0]), green: part(rows[1]), blue: part(rows[2]))
  }

  /// The distance in CIE L*a*b* (CIE 1976), D65; 2.3 is just noticeable.
  func distance(to other: Color) -> Double {
    let (a, b) = (lab, other.lab)
    return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private var lab: [Double] {
    func root(_ t: Double) -> Double {
      t > 216.0 / 24_389 ? cbrt(t) : (24_389.0 / 27 * t + 16) / 116
    }
    let x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    let y = root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    let z = root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
  }
}

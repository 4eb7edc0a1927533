/// How many cells of a terminal `character` takes: 2 for the wide letters of East Asia and emoji, 0
/// for marks that stand on what is before them, else 1.
///
/// After UAX #11, East Asian Width; ambiguous characters are narrow.
package func displayWidth(_ character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first else { return 0 }
  if scalar.value < 0x300 { return 1 }
  if scalar.properties.isEmojiPresentation { return 2 }
  if character.unicodeScalars.contains("\u{FE0F}"), scalar.properties.isEmoji { return 2 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  return wide.contains { $0.contains(scalar.value) } ? 2 : 1
}

private let wide: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
  0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
  0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
  0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
  0x20000...0x3FFFD,
]

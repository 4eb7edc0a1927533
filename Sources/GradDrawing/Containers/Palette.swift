/// At most 256 colours for pictures of more, by median cut (Heckbert, SIGGRAPH 1982).
///
/// Pictures of no more colours keep them all.
struct Palette {
  /// The colours as `0xRRGGBB`.
  let colors: [UInt32]
  /// For each colour of the pictures its index in ``colors``.
  private let indices: [UInt32: UInt8]

  /// Neighbouring pixels of one colour.
  struct Run {
    /// As `0xRRGGBB`.
    var color: UInt32
    var count: UInt32
  }

  /// O(runs + colours · log(colours)).
  init(_ runs: some Sequence<Run>, limit: Int = 255) {
    var counts: [UInt32: Int] = [:]
    for run in runs { counts[run.color, default: 0] += Int(run.count) }
    var boxes = [Box(counts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 })]
    while boxes.count < limit {
      let worst = boxes.indices.max { boxes[$0].spread < boxes[$1].spread }
      guard let worst, let halves = boxes[worst].halves else { break }
      boxes[worst] = halves.0
      boxes.append(halves.1)
    }
    colors = boxes.map(\.color)
    var indices: [UInt32: UInt8] = [:]
    for (index, box) in boxes.enumerated() {
      for (color, _) in box.colors { indices[color] = UInt8(index) }
    }
    self.indices = indices
  }

  /// The index of a colour of the pictures.
  func index(of color: UInt32) -> UInt8 { indices[color, default: 0] }

  /// Colours that become one.
  private struct Box {
    let colors: [(color: UInt32, count: Int)]
    /// The channel in which they differ most, as a shift, and how much that weighs.
    let shift: UInt32
    let spread: Int

    init(_ colors: [(UInt32, Int)]) {
      self.colors = colors
      var widest = (shift: UInt32(0), range: -1)
      for shift in [16, 8, 0] as [UInt32] {
        let levels = colors.lazy.map { Int($0.0 >> shift & 255) }
        let range = (levels.max() ?? 0) - (levels.min() ?? 0)
        if range > widest.range { widest = (shift, range) }
      }
      shift = widest.shift
      // A colour of few pixels counts too: letters are small beside the paper.
      spread = widest.range * (1 + Self.bits(colors.reduce(0) { $0 + $1.1 }))
    }

    /// The two sides of the median; `nil` for one colour.
    var halves: (Box, Box)? {
      if colors.count < 2 { return nil }
      let shift = shift
      let sorted = colors.sorted {
        ($0.color >> shift & 255, $0.color) < ($1.color >> shift & 255, $1.color)
      }
      let half = sorted.reduce(0) { $0 + $1.count } / 2
      var (sum, cut) = (0, 0)
      while cut < sorted.count - 1, sum + sorted[cut].count <= half || cut == 0 {
        sum += sorted[cut].count
        cut += 1
      }
      return (Box(Array(sorted[..<cut])), Box(Array(sorted[cut...])))
    }

    /// The most frequent colour if it is most of them, else the mean.
    var color: UInt32 {
      let total = colors.reduce(0) { $0 + $1.count }
      if let most = colors.max(by: { $0.count < $1.count }), most.count * 2 > total {
        return most.color
      }
      return [16, 8, 0].reduce(UInt32(0)) { color, shift in
        let sum = colors.reduce(0) { $0 + Int($1.color >> UInt32(shift) & 255) * $1.count }
        return color | UInt32((sum + total / 2) / max(total, 1)) << UInt32(shift)
      }
    }

    private static func bits(_ number: Int) -> Int { Int.bitWidth - number.leadingZeroBitCount }
  }
}

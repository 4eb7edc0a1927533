extension ArrayOperation {
  /// How a kernel, or a window of pooling, moves over images.
  ///
  /// Images have the shape (examples, channels, size…), kernels (outputs, inputs, size…), with one or two
  /// axes of size; the result has (examples, outputs, places…).
  public struct Convolution: Sendable, Equatable {
    /// How far the window moves along each axis.
    public var stride: [Int]
    /// How many zeros are put before and after each axis.
    public var padding: [Int]

    /// A movement from its numbers, one for each axis.
    public init(stride: [Int], padding: [Int]) {
      self.stride = stride
      self.padding = padding
    }

    /// How many places a window of `window` entries has along each axis of an image.
    ///
    /// - Throws: That the window is larger than the image, or that a number is out of range.
    func places(of window: [Int], in image: [Int]) throws(ShapeFault) -> [Int] {
      guard stride.count == image.count, padding.count == image.count, window.count == image.count
      else { throw ShapeFault("stride and padding need \(image.count) numbers each") }
      var result: [Int] = []
      for axis in image.indices {
        guard stride[axis] > 0, padding[axis] >= 0, window[axis] > 0, padding[axis] < 1 << 30 else {
          throw ShapeFault("a stride is at least 1, and padding at least 0")
        }
        let room = image[axis] + 2 * padding[axis] - window[axis]
        guard room >= 0 else {
          throw ShapeFault(
            "a window of \(shapeText(window)) is larger than the padded image of \(shapeText(image))"
          )
        }
        result.append(room / stride[axis] + 1)
      }
      return result
    }

    /// Calls `body` with the places of each image entry, kernel entry and result entry that meet, as
    /// numbers in row-major order of one channel each.
    func forEachMeeting(
      image: [Int], window: [Int], places: [Int],
      _ body: (_ image: Int, _ window: Int, _ place: Int) -> Void
    ) {
      // One axis is two of which the first has one entry.
      func two(_ sizes: [Int], _ filler: Int) -> (Int, Int) {
        sizes.count == 1 ? (filler, sizes[0]) : (sizes[0], sizes[1])
      }
      let (height, width) = two(image, 1)
      let (kernelHeight, kernelWidth) = two(window, 1)
      let (rows, columns) = two(places, 1)
      let (rowStride, columnStride) = two(stride, 1)
      let (rowPadding, columnPadding) = two(padding, 0)
      for row in 0..<rows {
        for column in 0..<columns {
          for i in 0..<kernelHeight {
            let y = row * rowStride + i - rowPadding
            guard y >= 0, y < height else { continue }
            for j in 0..<kernelWidth {
              let x = column * columnStride + j - columnPadding
              guard x >= 0, x < width else { continue }
              body(y * width + x, i * kernelWidth + j, row * columns + column)
            }
          }
        }
      }
    }
  }
}

/// The three arrays of a convolution in row-major order, one of which is added to.
struct ConvolutionArrays {
  let movement: Convolution
  let image: [Int]
  let kernel: [Int]
  let result: [Int]

  /// Calls `body` with the places in image, kernel and result of each triple whose product counts.
  private func forEachTriple(_ body: (_ image: Int, _ kernel: Int, _ result: Int) -> Void) {
    let (imageSize, kernelSize) = (Array(image.dropFirst(2)), Array(kernel.dropFirst(2)))
    let places = Array(result.dropFirst(2))
    let (m, k, r) = (
      imageSize.reduce(1, *), kernelSize.reduce(1, *), places.reduce(1, *)
    )
    var meetings: [(Int, Int, Int)] = []
    movement.forEachMeeting(image: imageSize, window: kernelSize, places: places) {
      meetings.append(($0, $1, $2))
    }
    for example in 0..<image[0] {
      for output in 0..<kernel[0] {
        for input in 0..<kernel[1] {
          let imageBase = (example * image[1] + input) * m
          let kernelBase = (output * kernel[1] + input) * k
          let resultBase = (example * kernel[0] + output) * r
          for (x, w, z) in meetings { body(imageBase &+ x, kernelBase &+ w, resultBase &+ z) }
        }
      }
    }
  }

  /// result += image ∗ kernel, as neural networks mean it: the kernel is not turned.
  func addResult(_ x: Entries, _ w: Entries, to z: Entries) {
    forEachTriple { z[$2] += x[$0] * w[$1] }
  }
  /// image += kernel transposed at result.
  func addImage(_ w: Entries, _ z: Entries, to x: Entries) {
    forEachTriple { x[$0] += w[$1] * z[$2] }
  }
  /// kernel += image transposed at result.
  func addKernel(_ x: Entries, _ z: Entries, to w: Entries) {
    forEachTriple { w[$1] += x[$0] * z[$2] }
  }
}

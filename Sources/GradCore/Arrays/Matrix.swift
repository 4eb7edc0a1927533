/// Matrix products: dot products where rows or columns stand in order, packed panels for large ones.

/// A matrix anywhere in memory.
struct Matrix {
  var base: Entries
  var (rows, columns) = (1, 1)
  var (rowStride, columnStride) = (0, 0)

  init(_ base: Entries, rows: Int, columns: Int, rowStride: Int, columnStride: Int) {
    self.base = base
    (self.rows, self.columns) = (rows, columns)
    (self.rowStride, self.columnStride) = (rowStride, columnStride)
  }

  var transposed: Matrix {
    Matrix(base, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride)
  }
}

/// c += a · b.
func addProduct(_ a: Matrix, _ b: Matrix, to c: Matrix) {
  if b.columns == 1 {
    matrixTimesVector(a, b.base, b.rowStride, c.base, c.rowStride)
  } else if a.rows == 1 {
    matrixTimesVector(b.transposed, a.base, a.columnStride, c.base, c.columnStride)
  } else if a.columns == 1 || a.rows * b.columns * a.columns < 2048 {
    plain(a, b, c)
  } else {
    blocked(a, b, c)
  }
}

/// y += a · x: by dot products where rows are in order, else by multiples of columns.
private func matrixTimesVector(
  _ a: Matrix, _ x: Entries, _ sx: Int, _ y: Entries,
  _ sy: Int
) {
  let (m, k) = (a.rows, a.columns)
  if a.columnStride == 1, sx == 1 {
    for i in 0..<m {
      let row = a.base + i * a.rowStride
      var (s, t) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
      var j = 0
      while j &+ 16 <= k {
        s += load8(row + j) * load8(x + j)
        t += load8(row + (j &+ 8)) * load8(x + (j &+ 8))
        j &+= 16
      }
      var sum = (s + t).sum()
      while j < k {
        sum += row[j] * x[j]
        j &+= 1
      }
      y[i &* sy] += sum
    }
  } else if a.rowStride == 1, sy == 1 {
    var j = 0
    while j &+ 4 <= k {
      let c = a.base + j * a.columnStride
      let (c1, c2, c3) = (c + a.columnStride, c + 2 * a.columnStride, c + 3 * a.columnStride)
      let (x0, x1, x2, x3) = (x[j &* sx], x[(j &+ 1) &* sx], x[(j &+ 2) &* sx], x[(j &+ 3) &* sx])
      for i in 0..<m { y[i] += (c[i] * x0 + c1[i] * x1) + (c2[i] * x2 + c3[i] * x3) }
      j &+= 4
    }
    while j < k {
      let (c, x0) = (a.base + j * a.columnStride, x[j &* sx])
      for i in 0..<m { y[i] += c[i] * x0 }
      j &+= 1
    }
  } else {
    for i in 0..<m {
      var sum = 0.0
      for j in 0..<k { sum += a.base[i &* a.rowStride &+ j &* a.columnStride] * x[j &* sx] }
      y[i &* sy] += sum
    }
  }
}

private func plain(_ a: Matrix, _ b: Matrix, _ c: Matrix) {
  for i in 0..<a.rows {
    for k in 0..<a.columns {
      let x = a.base[i * a.rowStride + k * a.columnStride]
      for j in 0..<b.columns {
        c.base[i * c.rowStride + j * c.columnStride] +=
          x * b.base[k * b.rowStride + j * b.columnStride]
      }
    }
  }
}

@inline(__always) private func load8(_ p: Entries) -> SIMD8<Double> {
  UnsafeRawPointer(p).loadUnaligned(as: SIMD8<Double>.self)
}
@inline(__always) private func load4(_ p: Entries) -> SIMD4<Double> {
  UnsafeRawPointer(p).loadUnaligned(as: SIMD4<Double>.self)
}

/// c += a · b through packed panels: 4 rows by 4 columns in registers, 256 deep.
private func blocked(_ a: Matrix, _ b: Matrix, _ c: Matrix) {
  let (m, n, depth) = (a.rows, b.columns, a.columns)
  let (wide, tall) = ((n + 3) / 4 * 4, 64)
  let columns = UnsafeMutablePointer<Double>.allocate(capacity: wide * min(depth, 256))
  let rows = UnsafeMutablePointer<Double>.allocate(capacity: tall * min(depth, 256))
  defer {
    columns.deallocate()
    rows.deallocate()
  }
  for k in stride(from: 0, to: depth, by: 256) {
    let d = min(256, depth - k)
    pack(b.base + k * b.rowStride, n, d, b.columnStride, b.rowStride, columns)
    for i in stride(from: 0, to: m, by: tall) {
      let t = min(tall, m - i)
      pack(a.base + i * a.rowStride + k * a.columnStride, t, d, a.rowStride, a.columnStride, rows)
      for j in stride(from: 0, to: n, by: 4) {
        for r in stride(from: 0, to: t, by: 4) {
          tile(
            rows + r * d, columns + j * d, d, c.base + (i + r) * c.rowStride + j * c.columnStride,
            min(4, t - r), min(4, n - j), c.rowStride, c.columnStride)
        }
      }
    }
  }
}

/// Four lines of `count` side by side for each step of the depth, with zeros for missing ones.
private func pack(
  _ from: Entries, _ count: Int, _ depth: Int, _ across: Int, _ along: Int,
  _ to: Entries
) {
  var to = to
  for j in stride(from: 0, to: count, by: 4) {
    let line = from + j * across
    if j + 4 <= count {
      if across == 1 {
        for k in 0..<depth {
          UnsafeMutableRawPointer(to + 4 &* k).storeBytes(
            of: load4(line + k &* along), as: SIMD4<Double>.self)
        }
      } else {
        for k in 0..<depth {
          let p = line + k &* along
          let q = to + 4 &* k
          q[0] = p[0]
          q[1] = p[across]
          q[2] = p[2 &* across]
          q[3] = p[3 &* across]
        }
      }
    } else {
      for k in 0..<depth {
        for r in 0..<4 { to[4 &* k &+ r] = j + r < count ? line[r * across + k * along] : 0 }
      }
    }
    to += 4 * depth
  }
}

private func tile(
  _ a: Entries, _ b: Entries, _ depth: Int,
  _ c: Entries, _ rows: Int, _ columns: Int, _ rowStride: Int,
  _ columnStride: Int
) {
  var (c0, c1) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
  var (c2, c3) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
  var (a, b) = (a, b)
  for _ in 0..<depth {
    let v = load4(b)
    c0 += v * a[0]
    c1 += v * a[1]
    c2 += v * a[2]
    c3 += v * a[3]
    a += 4
    b += 4
  }
  for (r, line) in [c0, c1, c2, c3].prefix(rows).enumerated() {
    for j in 0..<columns { c[r * rowStride + j * columnStride] += line[j] }
  }
}

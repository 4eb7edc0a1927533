import GradCore

/// A recurrence of mixed operators with at least `nodes` nodes; the same as `ctape_record_mixed`.
///
/// The output is the sum over all rounds, so that no derivative fades to zero and is skipped.
func mixed(on tape: Tape, nodes: Int) -> Variable {
  let a = tape.input(0.3)
  let b = tape.input(0.7)
  let c = tape.input(1.1)
  var y = a
  var sum = a
  while Int(sum.index) < nodes - 1 {
    let p = y * b + c
    let q = sin(p)
    let r = square(q) + 1
    let s = log(r)
    let u = exp(s - b) / r
    let v = sqrt(r) + relu(u - a)
    y = v * q - (p + u)
    sum = sum + y
  }
  return sum
}

import CTape
import GradCore

/// The tape beside a structure of arrays in plain C: recording, the reverse sweep, memory.
func benchmarkTape(nodes: Int = 1_000_000, runs: Int = 31) -> Bool {
  // Before anything else is allocated, so that what grows is this tape.
  let memory = bytesPerNode(nodes: nodes)

  let tape = Tape(capacity: nodes + 32)
  guard let reference = ctape_create(UInt32(nodes + 32)) else {
    return isNotMeasured("there is no memory for the tape in C")
  }
  defer { ctape_destroy(reference) }
  var output = mixed(on: tape, nodes: nodes)
  var referenceOutput = ctape_record_mixed(reference, UInt32(nodes))
  precondition(output.index == referenceOutput, "the tapes differ in length")
  precondition(output.value.isFinite)
  precondition(output.value == ctape_value(reference, referenceOutput), "the tapes differ in value")

  let recording = Pair(runs: runs) {
    seconds {
      tape.reset()
      output = mixed(on: tape, nodes: nodes)
    }
  } reference: {
    seconds {
      ctape_reset(reference)
      referenceOutput = ctape_record_mixed(reference, UInt32(nodes))
    }
  }

  let count = tape.nodeCount
  let derivatives = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
  let referenceDerivatives = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
  defer {
    derivatives.deallocate()
    referenceDerivatives.deallocate()
  }
  let sweep = Pair(runs: runs) {
    derivatives.initialize(repeating: 0)
    return seconds { tape.differentiate(output, into: derivatives) }
  } reference: {
    referenceDerivatives.initialize(repeating: 0)
    return seconds {
      ctape_differentiate(reference, referenceOutput, referenceDerivatives.baseAddress)
    }
  }
  precondition(
    derivatives.allSatisfy { $0.isFinite } && derivatives.count { $0 != 0 } > count * 9 / 10,
    "the sweep skips too much to tell")
  precondition(
    derivatives.elementsEqual(referenceDerivatives), "the tapes differ in their derivatives")

  func nanoseconds(_ pair: Pair) -> String {
    let (ours, theirs) = (pair.ours * 1e9 / Double(count), pair.reference * 1e9 / Double(count))
    return "\((ours * 10).rounded() / 10) against \((theirs * 10).rounded() / 10) ns a node"
  }
  let met = [
    report("reverse sweep / C", sweep.ratio, atMost: 1.15, nanoseconds(sweep)),
    report("recording / C", recording.ratio, atMost: 1.6, nanoseconds(recording)),
    report("bytes a node, derivatives included", memory, atMost: 48, "of \(count) nodes"),
  ]
  // What the ratio would be if nothing were recorded.
  note(
    "nothing recorded",
    Pair(runs: runs) {
      seconds { tape.reset() }
    } reference: {
      seconds {
        ctape_reset(reference)
        referenceOutput = ctape_record_mixed(reference, UInt32(nodes))
      }
    })
  return met.allSatisfy { $0 }
}

/// By how much the memory of the process grows for each node recorded and differentiated.
private func bytesPerNode(nodes: Int) -> Double {
  let before = residentBytes()
  let tape = Tape()
  let output = mixed(on: tape, nodes: nodes)
  let gradient = tape.gradient(of: output)
  let after = residentBytes()
  return withExtendedLifetime((tape, gradient)) { Double(after - before) / Double(tape.nodeCount) }
}

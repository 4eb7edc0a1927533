import GradBase
import GradCore
import GradDrawing
import GradFigure
import GradLanguage
import GraphvizRenderer

/// The descent that the reader of a page can go.
struct PageDescent {
  let options: Descent.Options
  /// What each update multiplies by, a number for each parameter; empty where it is always the rate.
  let rates: [[Double]]
  /// The inputs that are moved, nodes of the whole trace.
  let parameters: [Int]
  /// How they are moved, in lines, with `{rate}` for the rate.
  let rules: [String]

  /// Writes what the page computes with, besides the operations of `computed`.
  func write(_ computed: Trace, to json: inout JSONText) {
    json.object { json in
      json.field("optimizer", options.optimizer.name)
      json.field("rate", options.rate)
      if !rates.isEmpty {
        json.field("rates") { json in
          json.array { json in
            for rates in rates {
              json.array { json in for rate in rates { json.number(rate) } }
            }
          }
        }
      }
      json.field("constants") { json in
        json.object { json in
          for constant in options.optimizer.constants { json.field(constant.name, constant.value) }
        }
      }
      json.field("parameters") { json in
        json.array { json in for parameter in parameters { json.number(parameter) } }
      }
      if options.optimizer.solves, let backward = computed.backward {
        json.field("gradient") { json in
          json.array { json in
            for parameter in parameters {
              let place = backward.inputs.firstIndex(of: parameter) ?? 0
              json.number(backward.derivatives[0][place])
            }
          }
        }
      }
      json.field("rules") { json in
        json.array { json in for rule in rules { json.string(rule) } }
      }
    }
  }
}

extension Page {
  private var descentWords: DescentWords { options.figure.language.figure.descent }

  /// The words that a page with a descent says besides.
  func writeDescentWords(to json: inout JSONText) {
    json.field("descended", descentWords.now("{number}", "{loss}").plain)
    json.field("leadsNowhere", descentWords.leadsNowhere("{name}"))
    json.field("noRate", descentWords.noRate)
    if descent?.options.optimizer.solves == true {
      json.field("noInverse", descentWords.noInverse)
    }
  }

  var descentStyle: String {
    descent == nil ? "" : Self.file(PackageResources.descent_css)
  }

  /// The curve of the loss, the rule, the rate and the buttons that go on; nothing without a descent.
  var descentPane: String {
    guard descent != nil else { return "" }
    let words = descentWords
    func say(_ word: String) -> String { XML.attribute(word) }
    return """

      <section aria-labelledby="descent_title">
      <h2 id="descent_title">\(say(words.title))</h2>
      <p id="descended" role="status" aria-live="polite"></p>
      <svg id="losses" viewBox="0 0 320 150" role="img" aria-label="\(say(words.title))"></svg>
      <p id="rules" class="note"></p>
      <div id="rating"><label for="rate">\(say(words.rate))</label>\
      <input type="text" inputmode="decimal" id="rate" autocomplete="off" aria-describedby="rate_fault">\
      <input type="range" id="rate_slider" min="-2" max="2" step="any" aria-label="\(say(words.rate))">\
      <p id="rate_fault" class="fault" role="status"></p></div>
      <div id="descending">
      <button type="button" id="one">\(say(words.one))</button>
      <button type="button" id="ten">\(say(words.several("10")))</button>
      <button type="button" id="again">\(say(words.again))</button>
      </div>
      </section>
      """
  }
}

extension RequestedFigure {
  /// The page on which a reader goes the descent of frames.
  ///
  /// - Throws: ``FigureError`` for a descent that the page cannot compute.
  func page(of frames: Frames) throws(FigureError) -> [UInt8] {
    guard let descent = frames.descent else {
      preconditionFailure("a page of frames is one of a descent")
    }
    let file = computation.program.source.name
    func refusal(_ message: String) -> FigureError {
      .request([
        Diagnostic(
          badOption: "no page can go this descent: \(message)", file: file,
          help: "another format shows its steps, such as -T svg, pdf or reveal")
      ])
    }
    do {
      let evaluator = try computation.evaluator()
      if try TrainingRun(evaluator, nil).passesDiffer() {
        throw refusal("each pass of the loop has numbers of its own")
      }
    } catch let error as FigureError {
      throw error
    } catch {}
    var trace = reading.full
    trace.passes = nil
    let page = try drawn { [options, trace] () throws(GraphvizError) in
      try Page(
        Reading(trace, reading.options), options,
        descent: PageDescent(
          options: descent.options, rates: descent.hasOtherRates ? descent.rates : [],
          parameters: descent.names.compactMap { trace.index(of: $0) },
          rules: reading.ruleForAnyRate(descent.options, of: descent.names)))
    }
    if let operation = page.unknownOperation {
      throw refusal("no script computes '\(operation.name)', by which '\(operation.node)' is made")
    }
    if let read = page.readInputs.first(where: { descent.names.contains(trace.nodes[$0].id) }) {
      throw refusal("the program decides by the values of '\(trace.nodes[read].id)'")
    }
    return Array(page.text.utf8)
  }
}

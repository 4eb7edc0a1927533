import Foundation

// Each benchmark is a verb and a file of its own; without a verb all of them run. The exit status is
// 1 if a target is missed, and 2 if something could not be measured.
let benchmarks: [(verb: String, run: () -> Bool)] = [
  ("tape", { benchmarkTape() }), ("render", { benchmarkRender() }),
  ("large", { benchmarkLarge() }), ("higher", { benchmarkHigher() }),
  ("arrays", { benchmarkArrays() }),
  ("batch", { benchmarkBatch() }), ("front-end", { benchmarkFrontEnd() }),
  ("editor", { benchmarkEditor() }),
]

let verbs = CommandLine.arguments.dropFirst()
var met = true
for benchmark in benchmarks where verbs.isEmpty || verbs.contains(benchmark.verb) {
  print("\(benchmark.verb):")
  met = benchmark.run() && met
}
exit(somethingIsNotMeasured ? 2 : met ? 0 : 1)

import Foundation

// Each benchmark is a verb and a file of its own; without a verb all of them run, and with --once each
// measures once. The exit status is 1 if a target is missed, and 2 if something could not be measured.
let benchmarks: [(verb: String, run: () -> Bool)] = [
  ("tape", { benchmarkTape() }), ("render", { benchmarkRender() }),
  ("large", { benchmarkLarge() }), ("higher", { benchmarkHigher() }),
  ("arrays", { benchmarkArrays() }),
  ("batch", { benchmarkBatch() }), ("front-end", { benchmarkFrontEnd() }),
  ("editor", { benchmarkEditor() }),
]

var verbs = CommandLine.arguments.dropFirst()
measuresOnce = verbs.contains("--once")
verbs.removeAll { $0 == "--once" }
var met = true
for benchmark in benchmarks where verbs.isEmpty || verbs.contains(benchmark.verb) {
  print("\(benchmark.verb):")
  met = benchmark.run() && met
  // What is known is said at once, also to a pipe.
  fflush(nil)
}
exit(somethingIsNotMeasured ? 2 : met ? 0 : 1)

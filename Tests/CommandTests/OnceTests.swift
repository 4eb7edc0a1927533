import ArgumentParser
import Foundation
import GradBase
import GraphvizGrad
import TestSupport
import Testing

@testable import graphviz_grad

/// A command parses its program once and reads its trace once, whatever it writes.
///
/// In a process of its own, as a command has it: it waits for signals.
@Suite struct OnceTests {
  @Test func aCommandParsesAndReadsOnce() async {
    await #expect(processExitsWith: .success) {
      signal(SIGALRM, SIG_IGN)
      try Tool.inFolder { tool in
        try tool.write("b = 3; c = 2\nu = b*c\n", to: "p.grad")
        try tool.write(#"{"db": 2}"#, to: "a.json")
        let (program, out) = (
          tool.folder.appending(path: "p.grad").path, tool.folder.appending(path: "out").path
        )
        var lines = OutputFormat.all.map(\.name).map {
          ["render", program, "-T", $0, "-o", "\(out).\($0)"]
        }
        // Films are made by another program.
        lines += SlideFormat.all.map(\.name).filter { !["mp4", "webm"].contains($0) }.map {
          ["frames", program, "-T", $0, "-o", $0.isEach ? "\(out)-{n}.\($0)" : "\(out)-all.\($0)"]
        }
        lines += [
          ["frames", program, "-o", "\(out)-moving.svg", "--animate", "1s", "--frames", "2-3"],
          ["render", program, "-o", "\(out)2.svg", "--alt-output", "\(out).txt", "--dark"],
          [
            "render", program, "-o", "\(out)3.svg", "--blank", "db,u", "--alt-output",
            "\(out)3.txt",
          ],
          ["explain", program, "-o", "\(out).md"], ["exercise", program, "-o", "\(out)4.md"],
          ["exercise", program, "-o", "\(out)4.tex"],
          ["grade", program, tool.folder.appending(path: "a.json").path, "-o", "\(out)5.json"],
        ]
        for line in lines {
          let verb = try #require(Verb.all.first { $0.name == line[0] })
          var command = try verb.type.parse(Array(line.dropFirst()))
          let found = try milestones { try command.run() }
          #expect(found.count { $0 == .read } == 1, "\(line)")
          #expect(found.count { $0 == .parsed(program) } == 1, "\(line)")
        }
      }
    }
  }
}

extension String {
  fileprivate var isEach: Bool { ["svg", "png", "webp", "jpg", "eps"].contains(self) }
}

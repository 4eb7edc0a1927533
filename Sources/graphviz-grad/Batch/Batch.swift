import GradLanguage
import GraphvizGrad

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Figures that are drawn together: what is up to date is left alone, the rest is shared among processes.
struct Batch {
  let tasks: [FigureTask]
  let asked: RequestArguments
  let values: BatchArguments.Values
  /// Whether what can be drawn is drawn although something is wrong elsewhere.
  let keepsGoing: Bool
  /// Whether also what is up to date is drawn.
  let isForced: Bool
  /// Whether folders that pictures are to be in are made.
  let makesFolders: Bool

  /// What came of the tasks.
  struct Outcome {
    var drawn = 0
    var upToDate = 0
    var failed = 0
    /// The exit code, 0 for done: that of the first task that failed.
    var code: Int32 = 0
    /// The messages as they are to be printed, in the order of the tasks.
    var messages: [String] = []
    /// What each picture comes from, in the order of the tasks.
    var dependencies: [DependencyFormat.Entry] = []
    var total = 0
  }

  /// What is to be done for one task.
  private struct Job {
    var task: FigureTask
    var request: FigureRequest
    var findings: [(file: String, finding: Stamp.Finding)]
  }

  /// How a task ended.
  private struct End {
    var code: Int32
    var messages: String

    init(_ failure: Failure) {
      code = failure.code.rawValue
      messages = Messages.printed(failure.diagnostics)
    }

    init(code: Int32 = 0, messages: String) { (self.code, self.messages) = (code, messages) }
  }

  // MARK: Drawing

  /// Draws what is not up to date.
  ///
  /// Without ``keepsGoing`` nothing is written unless everything can be drawn as far as programs and
  /// options go, and the first trouble with Graphviz or a file is the last.
  func run(_ progress: Progress = Progress(isShown: false)) throws(Failure) -> Outcome {
    var (jobs, ends, outcome) = look()
    let hasMistakes = !ends.isEmpty
    if hasMistakes, !keepsGoing { jobs.removeAll() }
    var progress = progress
    progress.begin(jobs.count)
    if values.wantsProcesses || jobs.count > 1, jobs.allSatisfy({ $0.value.task.isOfFiles }) {
      try share(jobs, &ends, &outcome, &progress)
    } else {
      drawHere(jobs, &ends, &outcome)
    }
    progress.end()
    for (_, end) in ends.sorted(by: { $0.key < $1.key }) {
      if outcome.code == 0 { outcome.code = end.code }
      if !end.messages.isEmpty { outcome.messages.append(end.messages) }
      if end.code != 0 { outcome.failed += 1 }
    }
    return outcome
  }

  /// Reads all programs and compares their pictures.
  private func look() -> (jobs: [(key: Int, value: Job)], ends: [Int: End], outcome: Outcome) {
    var jobs: [(Int, Job)] = []
    var ends: [Int: End] = [:]
    var outcome = Outcome()
    outcome.total = tasks.count
    for (index, task) in tasks.enumerated() {
      do throws(Failure) {
        let request = asked.request(try task.input.source())
        let findings = isForced ? [("", .outdated)] : try task.findings(request)
        outcome.dependencies.append(task.dependencies(request))
        if findings.isEmpty {
          outcome.upToDate += 1
          task.keepYounger(than: request)
        } else {
          jobs.append((index, Job(task: task, request: request, findings: findings)))
        }
      } catch {
        ends[index] = End(error)
      }
    }
    return (jobs, ends, outcome)
  }

  /// In this process, one after another.
  private func drawHere(
    _ jobs: [(key: Int, value: Job)], _ ends: inout [Int: End], _ outcome: inout Outcome
  ) {
    var results: [(index: Int, drawn: FigureTask.Drawn)] = []
    for (index, job) in jobs {
      do throws(Failure) {
        results.append((index, try job.task.draw(job.request)))
      } catch {
        ends[index] = End(error)
      }
    }
    // Nothing is written before everything is drawn.
    if ends.contains(where: { $0.value.code != 0 }), !keepsGoing { return }
    for (index, drawn) in results {
      do throws(Failure) {
        if makesFolders { try Output.makeFolders(of: drawn.files.map(\.place)) }
        for (bytes, place) in drawn.files { try place.write(bytes) }
        ends[index] = End(messages: Messages.printed(drawn.warnings))
        outcome.drawn += 1
      } catch {
        ends[index] = End(error)
        if !keepsGoing { return }
      }
    }
  }

  /// By worker processes.
  private func share(
    _ jobs: [(key: Int, value: Job)], _ ends: inout [Int: End], _ outcome: inout Outcome,
    _ progress: inout Progress
  ) throws(Failure) {
    let pool = WorkerPool(arguments: asked.worker, size: values.jobs, timeout: values.timeout)
    var jobs = jobs
    // Mistakes are all told before anything is drawn, or go with their figures.
    for isTrial in keepsGoing ? [false] : [true, false] {
      var failed = false
      var found: [Int: End] = [:]
      if !isTrial, makesFolders {
        try Output.makeFolders(of: jobs.flatMap { $0.value.task.pictures.map(\.place) })
      }
      let tasks = jobs.map { $0.value.task.message(isTrial: isTrial) }
      try pool.run(tasks) { position, ending, process in
        let (index, job) = jobs[position]
        let end = self.end(of: job.task, ending, process)
        if end.code != 0 { failed = true }
        found[index] = end
        if !isTrial { progress.advance(job.task.input.name) }
        return isTrial || keepsGoing || !failed
      }
      for (index, end) in found where !isTrial || end.code != 0 { ends[index] = end }
      if isTrial {
        if failed { return }
      } else {
        outcome.drawn = found.values.count { $0.code == 0 }
      }
    }
    jobs.removeAll()
  }

  /// What is said of the end of a task.
  private func end(of task: FigureTask, _ ending: WorkerPool.Ending, _ process: pid_t) -> End {
    let message: (code: String, text: String, help: String)
    switch ending {
    case .answered(let code, let messages): return End(code: code, messages: messages)
    case .tookTooLong:
      message = (
        "timeout", "the figure took longer than \(values.timeout.text)",
        "give it more time by --timeout, or draw less of it: --detail statements"
      )
    case .died(let how):
      message = (
        "worker", "the process that drew the figure \(how)",
        "draw it alone to see more; a report with the program is welcome"
      )
    }
    // What it had begun to write has no name yet.
    for case .file(let path) in task.pictures.map(\.place) + [task.words].compactMap(\.self) {
      unlink(Output.temporaryName(path, of: process))
    }
    return End(
      Failure(
        .software,
        [
          Diagnostic(
            .error, code: message.code, message.text, file: task.input.name, help: message.help)
        ]))
  }

  // MARK: Checking

  /// Compares all pictures with their programs, and draws nothing.
  ///
  /// - Returns: What is missing or out of date.
  func check() -> (paths: [String], outcome: Outcome) {
    var (jobs, ends, outcome) = look()
    var paths: [String] = []
    for (index, job) in jobs {
      var diagnostics: [Diagnostic] = []
      for (path, finding) in job.findings {
        paths.append(path)
        diagnostics.append(
          Diagnostic(
            .error, code: finding == .missing ? "missing" : "out-of-date",
            "'\(path)' is \(finding.words)", file: job.task.input.name,
            span: Span(startOf: job.request.source),
            help: "draw it again by the same command without --check"))
      }
      // A program that is wrong cannot have a picture: that is worth more words.
      do { _ = try job.task.figures(job.request) } catch { diagnostics = error.diagnostics }
      ends[index] = End(Failure(.program, diagnostics))
    }
    for (_, end) in ends.sorted(by: { $0.key < $1.key }) {
      if outcome.code == 0 { outcome.code = end.code }
      outcome.messages.append(end.messages)
    }
    outcome.failed = ends.count
    return (paths, outcome)
  }
}

extension FigureTask {
  /// Whether it needs no other process's standard input or output.
  fileprivate var isOfFiles: Bool {
    guard case .file = input else { return false }
    return !pictures.contains { $0.place == .standard } && words != .standard
  }

  fileprivate func dependencies(_ request: FigureRequest) -> DependencyFormat.Entry {
    var pictures: [String] = []
    for case .file(let path) in self.pictures.map(\.place) + [words].compactMap(\.self) {
      pictures.append(path)
    }
    var sources = request.files
    if case .file(let path) = input { sources.insert(path, at: 0) }
    return DependencyFormat.Entry(pictures: pictures, sources: sources)
  }

  /// Lets pictures that are up to date be younger than what they come from, as `make` wants it.
  fileprivate func keepYounger(than request: FigureRequest) {
    let entry = dependencies(request)
    func time(_ path: String) -> (Int, Int)? {
      var info = stat()
      guard stat(path, &info) == 0 else { return nil }
      #if canImport(Darwin)
      return (info.st_mtimespec.tv_sec, info.st_mtimespec.tv_nsec)
      #else
      return (info.st_mtim.tv_sec, info.st_mtim.tv_nsec)
      #endif
    }
    guard let newest = entry.sources.compactMap(time).max(by: <) else { return }
    for picture in entry.pictures {
      if let own = time(picture), own < newest { utimensat(AT_FDCWD, picture, nil, 0) }
    }
  }
}

extension Input {
  /// What messages call it.
  var name: String {
    switch self {
    case .file(let path): path
    case .standard: "<stdin>"
    case .expression: "<expression>"
    }
  }
}

extension Duration {
  /// In seconds: `0.5 s`.
  var text: String {
    let milliseconds = components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    return milliseconds < 1_000
      ? "\(milliseconds) ms"
      : milliseconds % 1_000 == 0
        ? "\(milliseconds / 1_000) s"
        : "\(milliseconds / 1_000).\(milliseconds / 100 % 10) s"
  }
}

import GradLanguage
import GraphvizGrad

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
  /// Where to write down what the pictures come from; `nil` for nowhere.
  var dependencies: Output?

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

  /// What there is to do, what has ended before it began, and what came of both so far.
  private typealias Look = (jobs: [(key: Int, value: Job)], ends: [Int: End], outcome: Outcome)

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
  /// Without ``keepsGoing`` nothing is written unless everything can be drawn, and all mistakes are told.
  func run(_ progress: Progress = Progress(isShown: false)) throws(Failure) -> Outcome {
    var (jobs, ends, outcome) = look()
    let hasMistakes = !ends.isEmpty
    if hasMistakes, !keepsGoing { jobs.removeAll() }
    var progress = progress
    progress.begin(jobs.count)
    var change = FileChange()
    do throws(Failure) {
      if values.wantsProcesses || jobs.count > 1, jobs.allSatisfy({ $0.value.task.isOfFiles }) {
        try share(jobs, &ends, &outcome, &progress, &change)
      } else {
        drawHere(jobs, &ends, &outcome, &change)
      }
      try finish(ends, &outcome, &change)
    } catch {
      change.cancel()
      progress.end()
      throw error
    }
    progress.end()
    for (_, end) in ends.sorted(by: { $0.key < $1.key }) {
      if outcome.code == 0 { outcome.code = end.code }
      if !end.messages.isEmpty { outcome.messages.append(end.messages) }
      if end.code != 0 { outcome.failed += 1 }
    }
    return outcome
  }

  /// Writes what the pictures come from, and lets everything change that is still to change.
  private func finish(
    _ ends: [Int: End], _ outcome: inout Outcome, _ change: inout FileChange
  ) throws(Failure) {
    if ends.contains(where: { $0.value.code != 0 }), !keepsGoing {
      outcome.drawn = 0
      return change.cancel()
    }
    if let dependencies {
      let text = values.dependencyFormat.write(outcome.dependencies)
      try change.add(Array(text.utf8), to: dependencies)
    }
    try change.commit()
  }

  /// Reads all programs and compares their pictures.
  private func look(isCheck: Bool = false) -> Look {
    var jobs: [(Int, Job)] = []
    var ends: [Int: End] = [:]
    var outcome = Outcome()
    outcome.total = tasks.count
    for (index, task) in tasks.enumerated() {
      do throws(Failure) {
        let request = asked.request(try task.input.source(values.limits))
        let findings = isForced ? [("", .outdated)] : try task.findings(request)
        if !findings.isEmpty, !isCheck { try task.refuseForeign(request) }
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
    _ jobs: [(key: Int, value: Job)], _ ends: inout [Int: End], _ outcome: inout Outcome,
    _ change: inout FileChange
  ) {
    var results: [(index: Int, drawn: FigureTask.Drawn)] = []
    for (index, job) in jobs {
      do throws(Failure) {
        Watchdog.begin(job.task.input.name, values.limits)
        results.append((index, try job.task.draw(job.request)))
      } catch {
        ends[index] = End(error)
      }
    }
    Watchdog.end()
    // Nothing is written before everything is drawn.
    if ends.contains(where: { $0.value.code != 0 }), !keepsGoing { return }
    for (index, drawn) in results {
      do throws(Failure) {
        try write(drawn.contents, of: tasks[index], &change)
        ends[index] = End(messages: Messages.printed(drawn.warnings))
        outcome.drawn += 1
      } catch {
        ends[index] = End(error)
        if !keepsGoing { return }
      }
    }
  }

  /// Writes the files of a figure, together with all others or, if others may fail, now.
  private func write(
    _ contents: [[UInt8]], of task: FigureTask, _ all: inout FileChange
  ) throws(Failure) {
    var own = keepsGoing ? FileChange() : all
    do throws(Failure) {
      let places = task.places.map(\.output)
      if makesFolders { try own.makeFolders(of: places) }
      for (bytes, place) in zip(contents, places) { try own.add(bytes, to: place) }
    } catch {
      own.cancel()
      if !keepsGoing { all = own }
      throw error
    }
    if keepsGoing { try own.commit() } else { all = own }
  }

  /// By worker processes.
  private func share(
    _ jobs: [(key: Int, value: Job)], _ ends: inout [Int: End], _ outcome: inout Outcome,
    _ progress: inout Progress, _ change: inout FileChange
  ) throws(Failure) {
    let pool = WorkerPool(
      arguments: asked.worker + ["--memory=\(values.limits.memory / 1_000_000)MB"],
      size: values.jobs, timeout: values.limits.time)
    if makesFolders {
      try change.makeFolders(of: jobs.flatMap { $0.value.task.pictures.map(\.place) })
    }
    var staged: [[StagedFile]] = []
    for (_, job) in jobs { staged.append(try job.task.staged()) }
    var isTaken = [Bool](repeating: false, count: jobs.count)
    defer {
      for case (let files, false) in zip(staged, isTaken) { for file in files { file.discard() } }
    }
    // Once nothing is to be written, the others are only looked through for mistakes.
    var isInVain = false
    var found: [Int: End] = [:]
    try pool.run(jobs.count) { position in
      jobs[position].value.task.message(isInVain ? [] : staged[position])
    } whenEnded: { position, ending in
      let (index, job) = jobs[position]
      var end = self.end(of: job.task, ending)
      if end.code == 0, !isInVain {
        do throws(Failure) {
          try take(staged[position], &change)
          isTaken[position] = true
        } catch {
          end = End(error)
        }
      }
      if end.code != 0, !keepsGoing { isInVain = true }
      found[index] = end
      progress.advance(job.task.input.name)
    }
    for (index, end) in found where !isInVain || end.code != 0 { ends[index] = end }
    outcome.drawn = found.values.count { $0.code == 0 }
  }

  /// Takes the files that a worker wrote.
  private func take(_ files: [StagedFile], _ all: inout FileChange) throws(Failure) {
    if !keepsGoing {
      for file in files { all.adopt(file) }
      return
    }
    var own = FileChange()
    for file in files { own.adopt(file) }
    try own.commit()
  }

  /// What is said of the end of a task.
  private func end(of task: FigureTask, _ ending: WorkerPool.Ending) -> End {
    let name = task.input.name
    let message: Diagnostic
    switch ending {
    case .answered(let code, let messages): return End(code: code, messages: messages)
    case .tookTooLong: message = values.limits.tookTooLong(name)
    case .tookTooMuch: message = values.limits.tookTooMuch(name)
    case .died(let how):
      message = Diagnostic(
        .error, code: "worker", "the process that drew the figure \(how)", file: name,
        help: "draw it alone to see more; a report with the program is welcome")
    }
    return End(Failure(.software, [message]))
  }

  // MARK: Checking

  /// Compares all pictures with their programs, and draws nothing.
  ///
  /// - Returns: What is missing or out of date.
  func check() -> (paths: [String], outcome: Outcome) {
    var (jobs, ends, outcome) = look(isCheck: true)
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
      do throws(FigureError) {
        _ = try job.task.figure(job.request)
      } catch {
        diagnostics = Failure(error).diagnostics
      }
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

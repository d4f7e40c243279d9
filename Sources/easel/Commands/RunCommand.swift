import ArgumentParser
import Engine
import Glibc
import Graph
import Nodes
import Tensor

/// Runs a graph and saves its outputs.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs graphs and saves their outputs.",
    discussion: """
      Each output is saved under its name (image.png, or as --save-as says), several pictures under \
      numbered names, and the paths are printed. What an earlier run computed is taken from the cache. A saved picture carries \
      the graph, its inputs and the digests of its files in a text named `easel`.

      Several graphs are run as one: models are opened once, and what two of them compute is computed \
      once. The outputs of each go into a folder of its own, named after its file, or after its folder \
      where the file is `graph.yaml`. --set goes to all of them.

      Such a picture in place of a graph is made again and compared: byte for byte the same, unless \
      something says first what is not as it was. Its files are looked for as seen from the picture's \
      folder, and from where the graph was. With --set it becomes a new picture.

      Exit code 0: saved. 1: the graph has errors, or what it depends on is not as it was locked or \
      recorded. 3: a node failed, or something could not be written. 4: a picture made again came out \
      differently. 130: interrupted; what was finished is in the cache.
      """)

  @OptionGroup var graph: GraphOptions
  @Argument(help: "Further graphs.", completion: .file(extensions: ["yaml", "yml"]))
  var others: [String] = []
  @OptionGroup var lock: LockOptions
  @Option(
    help: ArgumentHelp("The folder to save into; made if it is missing.", valueName: "folder"),
    completion: .directory)
  var out = "."
  @OptionGroup var saving: SavingOptions
  @Option(help: "How many threads compute; as many as there are cores by default.")
  var threads: Int?
  @Option(
    help: ArgumentHelp(
      "What values and running nodes may take, such as 6G; three quarters of the machine's memory by "
        + "default.", valueName: "size"))
  var memory: ByteSize?
  @OptionGroup var store: StoreOptions
  @Flag(help: "Neither look into the cache nor write to it.")
  var noCache = false
  @Flag(
    help: """
      After a failure, finish what does not depend on it, and save that, of lists the elements that there \
      are. So a file that cannot be read stops nothing but what is made from it.
      """)
  var keepGoing = false
  @Option(
    help: ArgumentHelp(
      "A page to write about the run: the graph, times, and what each node has made.",
      valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var report: String?
  @Flag(help: "Print one event a line, as JSON, on standard output.")
  var json = false
  @Flag(help: "Print errors and the paths of what was saved, and nothing else.")
  var quiet = false
  @OptionGroup var tracing: TraceOptions
  @OptionGroup var previewing: PreviewOptions

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be from 1 to 256")
    }
    if !others.isEmpty, ([graph.file] + others).contains(where: RecordedPicture.isPicture) {
      throw ValidationError("a picture is made again by itself, not beside others")
    }
  }

  func run() throws {
    try ModelLocation.$search.withValue(noCache ? .uncached : .easel) {
      try tracing.recording(run)
    }
  }

  private func run(tracedBy trace: TraceRecorder?) throws {
    if RecordedPicture.isPicture(self.graph.file) {
      return try makeAgain(self.graph.file, tracedBy: trace)
    }
    let jobs = try GraphJob.jobs(
      for: [graph.file] + others, graph.settings, savingInto: out, by: checker)
    for job in jobs {
      try failing(with: 1) { try OutputSaver.requireSavable(job.graph) }
      try lock.require(job.graph, job.sources, plan: plan(job.graph))
    }
    let readers = readers(of: jobs.map(\.labelledGraph), tracedBy: trace)
    let results = try results(of: jobs.map(\.labelledGraph), readers)
    var files: [SavedOutput] = []
    for (job, result) in zip(jobs, results) {
      let saved = try failing(with: 3) {
        try job.saver(for: result, set: graph.settings, as: saving.encoding ?? .png)
          .save(result.outputs)
      }
      for output in saved { try show(output) }
      files += saved
    }
    try failing(with: 3) {
      try readers.report?.write(results.flatMap(\.outputs), savedAs: files)
    }
    let failures = results.flatMap(\.failures)
    for failure in failures { printError("error: \(failure)") }
    if !failures.isEmpty { throw ExitCode(3) }
    readers.succeeded()
  }

  /// A run that keeps going reports files that cannot be read as failures of their nodes.
  private var checker: Checker {
    var checker = Checker.easel
    checker.leavesFilesToRun = keepGoing
    return checker
  }

  var engine: Engine { engine(observedBy: nil) }

  /// What a run of a graph would do. Files that are read for that are told of, unless nothing is to be said.
  func plan(_ graph: CheckedGraph) throws -> Plan {
    try engine.plan(graph) { [display] in display.show(.hashing($0)) }
  }

  private func engine(observedBy recorder: RunRecorder?) -> Engine {
    Engine(
      library: library, store: noCache ? nil : store.store,
      options: EngineOptions(
        memoryBudget: memory?.bytes ?? ByteSize.threeQuartersOfMemory,
        numericMode: EngineOptions.numericModeHere, keepsGoing: keepGoing,
        memoryPeak: memoryPeak, observer: recorder?.observer))
  }

  func readers(of graphs: [CheckedGraph], tracedBy trace: TraceRecorder?) -> RunReaders {
    RunReaders(
      display, trace: trace, previews: previewing.writer(folder: out),
      report: report.map { ReportWriter(path: $0, graphs: graphs, engine: engine) })
  }

  func result(of graph: CheckedGraph, _ readers: RunReaders) throws -> RunResult {
    try results(of: [graph], readers)[0]
  }

  private func results(of graphs: [CheckedGraph], _ readers: RunReaders) throws -> [RunResult] {
    if let threads { useThreads(threads) }
    if let memory { FactorBudget.shared.setLimit(memory.bytes / 16) }
    let engine = engine(observedBy: readers.report?.recorder)
    let task = Task { try await engine.run(graphs, events: readers.show) }
    let interrupt = InterruptHandler { task.cancel() }
    defer { interrupt.stop() }
    do {
      return try waiting { try await task.value }
    } catch is CancellationError {
      readers.close()
      printError("interrupted")
      throw ExitCode(130)
    } catch let failure as RunFailure {
      readers.close()
      printError("error: \(failure)")
      try failing(with: 3) { try readers.report?.write() }
      throw ExitCode(3)
    }
  }

  var display: any RunDisplay {
    if json { return JSONDisplay() }
    if quiet { return QuietDisplay() }
    return isTerminal(STDERR_FILENO) ? TerminalDisplay() : PlainDisplay()
  }

  func show(_ output: SavedOutput) throws {
    if json { try printJSON(output) } else { print(output.path) }
  }
}

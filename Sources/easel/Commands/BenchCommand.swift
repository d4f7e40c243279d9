import ArgumentParser
import Diffusion
import Glibc
import Nodes
import Tensor

/// Times units of work.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times kernels, blocks, models and pipelines on this machine.",
    discussion: """
      A unit is named whole (`sd15-unet`), by the beginning of its name (`attention`), or by its group: `kernel`, \
      `block`, `model`, `pipeline`; `all` is all of them. Without a name, all but the models are timed. Models have \
      random weights of real sizes, which the machine must have memory for, or with --model those of a folder; then \
      the units are the folder's parts.

      Each unit is run once, which is the column `first`, and then --runs times. The rate counts the operations of \
      the textbook; `of peak` holds them against what the machine does while it only multiplies and adds. `memory` \
      is what the program held at most.

      Exit code 0: timed. 1: a model cannot be loaded.
      """)

  @Argument(help: "The units to time.")
  var units: [String] = []
  @Option(
    help: ArgumentHelp("A model's folder, whose parts are timed.", valueName: "folder"),
    completion: .directory)
  var model: String?
  @Option(help: "How often a unit is run after the first time; 0 for that alone.")
  var runs = 5
  @Option(help: "When to stop before that, for each unit; it is run once at least.")
  var seconds = 20.0
  @Option(help: "How many threads compute; as many as there are cores by default.")
  var threads: Int?
  @Flag(help: "Print the units and how much work they are, and time nothing.")
  var list = false
  @Flag(help: "Run each unit once more, and print which operators take how long.")
  var profile = false
  @Flag(
    help:
      "Time the methods of convolutions instead, and print which is the fastest for which sizes.")
  var tune = false
  @OptionGroup var output: FormatOptions
  @Flag(help: .hidden) var server = false
  @Option(help: .hidden) var inputs: String?
  @Option(help: .hidden) var result: String?

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be from 1 to 256")
    }
    guard (0...1_000_000).contains(runs) else {
      throw ValidationError("--runs must be from 0 to 1000000")
    }
  }

  func run() throws {
    if let threads { useThreads(threads) }
    if tune { return ConvolutionTable.print(runs: max(runs, 1)) }
    let choice = BenchmarkChoice(units: try failing(with: 1) { try known })
    if server { return try BenchmarkServer(units: choice.units).run() }
    let chosen = units.isEmpty ? choice.usual : try choice.named(units)
    if list {
      let listed = units.isEmpty ? choice : BenchmarkChoice(units: chosen)
      return try listed.list(as: output.format)
    }
    let runner = BenchmarkRunner(
      runs: runs, seconds: seconds, peakRate: runs > 0 ? MachinePeak.measure() : nil,
      profiles: profile)
    try failing(with: 1) { try measure(chosen, with: runner) }
  }

  private var known: [BenchmarkUnit] {
    get throws {
      if let model { return try BenchmarkUnit.all(ofModel: model) }
      return try BenchmarkUnit.all(embeddedModel: try? ModelLocation.locate("default", in: ""))
    }
  }

  private func measure(_ units: [BenchmarkUnit], with runner: BenchmarkRunner) throws {
    let files = BenchmarkFiles(inputs: inputs, result: result)
    let table = BenchmarkTable(units: units.map(\.name))
    if output.format == .text {
      if let peak = runner.peakRate { print(Self.describe(peak)) }
      print(table.header)
      fflush(nil)
    }
    for unit in units {
      var profile: [String] = []
      let figures = try runner.measure(unit, inputs: files.read(), finished: files.write) {
        profile = $0.lines(atMost: 24)
      }
      switch output.format {
      case .json: try printJSON(figures)
      case .text: print(([table.row(figures)] + profile).joined(separator: "\n"))
      }
      fflush(nil)
    }
  }

  private static func describe(_ peak: Double) -> String {
    let threads = ThreadPool.shared.threadCount
    return "at most \(BenchmarkTable.rounded(peak / 1e9, digits: 1)) GFLOP/s of f32 with "
      + (threads == 1 ? "one thread" : "\(threads) threads")
  }
}

import ArgumentParser
import Engine

/// Looks after the store of computed values.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Looks after the cache of computed values.",
    discussion: "Whatever is missing from the cache is computed again when it is needed.",
    subcommands: [Stats.self, Prune.self, Clear.self, Verify.self])

  /// What every command of the cache takes.
  struct Options: ParsableArguments {
    @OptionGroup var store: StoreOptions
    @OptionGroup var output: FormatOptions

    /// Prints a finding as a text or as JSON.
    func show(_ value: some Encodable, _ text: @autoclosure () -> String) throws {
      switch output.format {
      case .text: print(text())
      case .json: try printJSON(value)
      }
    }
  }
}

extension CacheCommand {
  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Says how much is in the cache.")
    @OptionGroup var options: Options

    func run() throws {
      let store = options.store.store
      let statistics = store.statistics()
      var table = TextTable()
      for (kind, part) in statistics.kinds.sorted(by: { $0.key < $1.key }) {
        table.add(
          kind, "\(part.results) results", ByteSize.describe(part.bytes),
          "took \(RunEvent.describe(part.seconds))")
      }
      let total =
        "\(store.folder): \(statistics.objects) values, \(ByteSize.describe(statistics.bytes))"
      try options.show(
        statistics, statistics.kinds.isEmpty ? total : total + "\n" + table.rendered())
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes the cache smaller.",
      discussion: "What is cheapest to compute again goes first.")
    @OptionGroup var options: Options
    @Option(name: .customLong("to"), help: "How large the cache may be, such as 2G.")
    var size: ByteSize

    func run() throws {
      let freed = options.store.store.prune(to: size.bytes)
      try options.show(["freed_bytes": freed], "freed \(ByteSize.describe(freed))")
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Empties the cache.")
    @OptionGroup var options: Options

    func run() throws {
      let bytes = options.store.store.statistics().bytes
      options.store.store.clear()
      try options.show(["freed_bytes": bytes], "freed \(ByteSize.describe(bytes))")
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads everything in the cache and removes what is damaged.",
      discussion: "Exit code 0: all was well. 1: something was removed.")
    @OptionGroup var options: Options

    func run() throws {
      let report = options.store.store.verify()
      let lines =
        ["\(report.objectsChecked) values and \(report.recordsChecked) records checked"]
        + report.removed.map { "removed \($0)" }
      try options.show(report, lines.joined(separator: "\n"))
      if !report.removed.isEmpty { throw ExitCode(1) }
    }
  }
}

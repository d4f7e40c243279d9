import ArgumentParser
import Engine

/// Looks after the store of computed values.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Looks after the cache of computed values.",
    subcommands: [Stats.self, Prune.self, Clear.self, Verify.self])
}

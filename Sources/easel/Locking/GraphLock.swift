import FoundationEssentials
import Imaging

/// What a graph depended on when it was locked: the file `NAME.yaml.lock` beside it.
///
/// JSON with sorted keys and one entry a line, so that a change of one thing is a change of one line.
struct GraphLock: Equatable {
  /// The version of the file's form.
  static let version = 1

  var inventory: Inventory

  /// Where the lock of a graph's file lies.
  static func path(ofGraph file: String) -> String { file + ".lock" }

  init(_ inventory: Inventory) { self.inventory = inventory }

  /// Throws `UnusableLock`.
  init(ofGraph file: String) throws {
    let path = Self.path(ofGraph: file)
    guard FileManager.default.fileExists(atPath: path) else {
      throw UnusableLock(path: path, graph: file, problem: .missing)
    }
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      let version = try? JSONDecoder().decode(Version.self, from: data)
    else { throw UnusableLock(path: path, graph: file, problem: .damaged) }
    guard version.lock <= Self.version else {
      throw UnusableLock(path: path, graph: file, problem: .tooNew)
    }
    guard let inventory = try? JSONDecoder().decode(Inventory.self, from: data) else {
      throw UnusableLock(path: path, graph: file, problem: .damaged)
    }
    self.inventory = inventory
  }

  /// Throws `UnwritableFile`.
  func write(besideGraph file: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(Contents(lock: Self.version, inventory: inventory)))
    try AtomicFile.write(bytes + Array("\n".utf8), to: Self.path(ofGraph: file))
  }

  private struct Version: Decodable {
    var lock: Int
  }

  /// The inventory's own keys, and the version of the form.
  private struct Contents: Encodable {
    var lock: Int
    var inventory: Inventory

    private enum Keys: String, CodingKey { case lock }

    func encode(to encoder: any Encoder) throws {
      try inventory.encode(to: encoder)
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(lock, forKey: .lock)
    }
  }
}

/// A lock that is not there or does not read as one.
struct UnusableLock: Error, CustomStringConvertible {
  enum Problem: Equatable { case missing, damaged, tooNew }

  var path: String
  var graph: String
  var problem: Problem

  var description: String {
    switch problem {
    case .missing: "\(path): there is no lock; make one with `easel lock \(graph)`"
    case .damaged: "\(path): this is no lock; make a new one with `easel lock \(graph)`"
    case .tooNew: "\(path): a newer Easel made this lock; make a new one with `easel lock \(graph)`"
    }
  }
}

/// A graph that depends on something else than when it was locked.
struct BrokenLock: Error, CustomStringConvertible {
  var path: String
  var graph: String
  var differences: [Difference]

  var description: String {
    (["\(path): the lock does not hold"] + differences.map { "  \($0)" }
      + ["  (if that is meant to be so: easel lock \(graph))"]).joined(separator: "\n")
  }
}

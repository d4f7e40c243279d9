import Glibc

/// What the runs of one graph were made of: for explanations, and for nothing else. One that cannot be
/// written or read is as good as none.
///
/// Each run that differs from those before is a file, named by its time and by a fingerprint of its
/// keys: so that a run like an earlier one is known without reading anything.
struct RunHistory {
  /// So many runs of a graph are kept,
  static let runLimit = 8
  /// of so many graphs.
  static let graphLimit = 256
  /// In bytes. Longer descriptions are not kept.
  static let longestRun = 2 << 20

  private let folder: String
  private let layout: StoreLayout

  /// - Parameter graph: The graph's file.
  init(of graph: String, in layout: StoreLayout) {
    self.layout = layout
    folder = "\(layout.history)/\(Hash256(of: Self.absolute(graph).utf8))"
  }

  /// Remembers a run, unless it is like the newest one.
  ///
  /// - Parameter describe: Given the newest run, describes this one. Called only for what is new.
  func add(_ fingerprint: Hash256, describe: (GraphDescription?) -> GraphDescription?) {
    let names = runs
    let last = names.last
    if let last, last.fingerprint == fingerprint { return }
    let name = RunName(
      time: max(FileStamp.now(), (last?.time ?? 0) &+ 1), fingerprint: fingerprint)
    if let earlier = names.first(where: { $0.fingerprint == fingerprint }) {
      rename(path(earlier), path(name))
    } else if let description = describe(last.flatMap(read)) {
      let bytes = description.encoded
      guard bytes.count <= Self.longestRun else { return }
      try? Files.write(bytes, to: path(name), via: layout.temporary())
      for name in names.dropLast(Self.runLimit - 1) { Files.remove(path(name)) }
    }
  }

  /// The runs that can be read, the newest first.
  func load() -> [PastRun] {
    runs.suffix(Self.runLimit).reversed().compactMap { name in
      read(name).map { PastRun(time: name.time / 1_000_000_000, graph: $0) }
    }
  }

  private func read(_ name: RunName) -> GraphDescription? {
    guard let bytes = try? Files.read(path(name)) else { return nil }
    return GraphDescription(encoded: bytes)
  }

  /// Sorted by time.
  private var runs: [RunName] {
    ((try? Files.names(in: folder)) ?? []).compactMap(RunName.init)
  }

  private func path(_ name: RunName) -> String { "\(folder)/\(name)" }

  /// The file's path without links; of a file that is not there, as it is given.
  private static func absolute(_ file: String) -> String {
    guard let path = realpath(file, nil) else { return file }
    defer { free(path) }
    return String(cString: path)
  }
}

/// An earlier run of a graph.
struct PastRun {
  /// Seconds since 1970.
  var time: Int
  var graph: GraphDescription
}

/// The name of a run's file: they sort by time.
private struct RunName: CustomStringConvertible {
  /// Nanoseconds since 1970.
  var time: Int
  var fingerprint: Hash256

  init(time: Int, fingerprint: Hash256) {
    self.time = time
    self.fingerprint = fingerprint
  }

  init?(_ name: String) {
    let parts = name.split(separator: "-")
    guard parts.count == 2, parts[0].utf8.count == 16, let time = Int(parts[0], radix: 16),
      let fingerprint = Hash256(hex: parts[1])
    else { return nil }
    self.init(time: time, fingerprint: fingerprint)
  }

  var description: String {
    let digits = String(time, radix: 16)
    return String(repeating: "0", count: max(0, 16 - digits.count)) + digits + "-\(fingerprint)"
  }
}

extension Store {
  /// Forgets the graphs that were not run for longest, where there are many.
  func sweepHistories() {
    let names = (try? Files.names(in: layout.history)) ?? []
    guard names.count > RunHistory.graphLimit else { return }
    let folders = names.map { "\(layout.history)/\($0)" }
      .map { (path: $0, modified: (try? Files.stamp(of: $0).modified) ?? 0) }
      .sorted { $0.modified < $1.modified }
    for folder in folders.dropLast(RunHistory.graphLimit) {
      for name in (try? Files.names(in: folder.path)) ?? [] {
        Files.remove("\(folder.path)/\(name)")
      }
      Files.removeFolderIfEmpty(folder.path)
    }
  }
}

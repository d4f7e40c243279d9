import Foundation

/// A trace file, read back.
struct Trace {
  /// Something that lasts, its times in nanoseconds.
  struct Span: Equatable {
    var name: String
    var category: String
    var track: Int
    var start: Int
    var end: Int

    var isInNodes: Bool { (100..<10_000).contains(track) }

    /// Whether one of these, on the same track, lasts from before its start to behind its end.
    func lies(in spans: [Span]) -> Bool {
      spans.contains { $0.track == track && $0.start <= start && end <= $0.end }
    }
  }

  struct Malformed: Error {}

  private let events: [[String: Any]]

  init(_ file: URL) throws {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    guard let events = (object as? [String: Any])?["traceEvents"] as? [[String: Any]] else {
      throw Malformed()
    }
    self.events = events
  }

  var spans: [Span] {
    all("X").compactMap { event in
      guard let name = event["name"] as? String, let category = event["cat"] as? String,
        let track = event["tid"] as? Int, let start = event["ts"] as? Double,
        let duration = event["dur"] as? Double
      else { return nil }
      let first = Int((start * 1000).rounded())
      return Span(
        name: name, category: category, track: track, start: first,
        end: first + Int((duration * 1000).rounded()))
    }
  }

  func spans(_ category: String) -> [Span] { spans.filter { $0.category == category } }

  var instants: [String] { all("i").compactMap { $0["name"] as? String } }

  func counter(_ name: String) -> [Int] {
    all("C").filter { $0["name"] as? String == name }
      .compactMap { ($0["args"] as? [String: Int])?["bytes"] }
  }

  /// The tracks that have a name.
  var namedTracks: Set<Int> {
    Set(
      all("M").filter { $0["name"] as? String == "thread_name" }.compactMap { $0["tid"] as? Int })
  }

  private func all(_ phase: String) -> [[String: Any]] {
    events.filter { $0["ph"] as? String == phase }
  }
}

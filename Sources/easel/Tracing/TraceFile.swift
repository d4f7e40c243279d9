/// A trace as a file: the JSON object form of the Trace Event Format.
enum TraceFile {
  /// One entry a line. On each track an entry stands before those inside it.
  static func bytes(of entries: [TraceEntry]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.count * 160)
    bytes += #"{"displayTimeUnit":"ms","traceEvents":["#.utf8
    var separator = "\n"
    for entry in names(of: entries) + entries.sorted(by: stands) {
      bytes += separator.utf8
      bytes += entry.json.utf8
      separator = ",\n"
    }
    bytes += "\n]}\n".utf8
    return bytes
  }

  private static func stands(_ entry: TraceEntry, before other: TraceEntry) -> Bool {
    let (a, b) = (entry, other)
    return (a.track.id, a.time.lowerBound, -a.time.count)
      < (b.track.id, b.time.lowerBound, -b.time.count)
  }

  /// What the program and the tracks are called, and in which order they stand.
  private static func names(of entries: [TraceEntry]) -> [TraceEntry] {
    let tracks = Set(entries.map(\.track)).sorted { $0.id < $1.id }
    let program = metadata("process_name", .run, ("name", .text("easel \(Easel.version)")))
    return [program]
      + tracks.flatMap { track in
        [
          metadata("thread_name", track, ("name", .text(track.name))),
          metadata("thread_sort_index", track, ("sort_index", .number(track.id))),
        ]
      }
  }

  private static func metadata(
    _ name: String, _ track: TraceTrack, _ argument: (String, TraceArgument)
  ) -> TraceEntry {
    TraceEntry(phase: .metadata, name: name, track: track, time: 0..<0, arguments: [argument])
  }
}

import Engine
import FoundationEssentials
import Glibc
import Imaging
import Synchronization
import Tensor

/// Records a run for chrome://tracing and Perfetto: a reader of the run's events, and of the calls of operators
/// between them.
final class TraceRecorder: Sendable {
  private let start = ContinuousClock.now
  private let timeline = Mutex(TraceTimeline())

  /// Records operators from now on. There is one such record in a process.
  init() { KernelTrace.start() }

  /// Called from several threads, each with its own nodes' events.
  func record(_ event: RunEvent) {
    let thread = ThreadID.current
    let kernels = KernelTrace.take(from: thread)
    timeline.withLock { timeline in
      // Within the lock, so that the entries are in the order of their times.
      let time = now
      timeline.take(kernels, of: thread, since: start)
      timeline.take(event, at: time, on: thread)
      if let bytes = residentBytes() { timeline.count("resident memory", bytes, at: time) }
    }
  }

  /// Ends the record and writes it, in a folder that is made if it is missing. Throws the system's error or
  /// `UnwritableFile`.
  func write(to path: String) throws {
    let entries = timeline.withLock { timeline in
      for thread in timeline.threads {
        timeline.take(KernelTrace.take(from: thread), of: thread, since: start)
      }
      timeline.end(at: now)
      return timeline.entries
    }
    KernelTrace.stop()
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try FileManager.default.createDirectory(
        atPath: String(path[..<slash]), withIntermediateDirectories: true)
    }
    try AtomicFile.write(TraceFile.bytes(of: entries), to: path)
  }

  private var now: Int { nanoseconds(start.duration(to: .now)) }
}

/// The memory of this process that is in RAM, in bytes; nil where the system does not say.
private func residentBytes() -> Int? {
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
    return nil
  }
  let fields = text.split(separator: " ")
  return fields.count > 1 ? Int(fields[1]).map { $0 * sysconf(Int32(_SC_PAGESIZE)) } : nil
}

import FoundationEssentials
import Glibc
import Tensor

/// How much of the machine's memory this process holds.
enum ResidentMemory {
  /// Gives free memory back to the system and begins to measure anew.
  static func measure() {
    TensorMemory.giveBack()
    // See proc(5): 5 resets the peak. Where that is not allowed, the peak is that of the whole process.
    let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    write("5", to: file)
    close(file)
  }

  /// The most held since then, in bytes; nil where the system does not say.
  static var peak: Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
      .map { $0 * 1024 }
  }
}

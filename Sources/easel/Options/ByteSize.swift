import ArgumentParser
import Glibc

/// A number of bytes as people write it: `512M`, `6G`, `1.5T`, `1000000`. The units are powers of
/// 1024.
struct ByteSize: ExpressibleByArgument {
  var bytes: Int

  init?(argument: String) {
    var digits = Substring(argument.uppercased())
    for suffix in ["IB", "B"] where digits.hasSuffix(suffix) {
      digits = digits.dropLast(suffix.count)
      break
    }
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    let shift = digits.last.flatMap { units[$0] }
    if shift != nil { digits = digits.dropLast() }
    guard let number = Double(digits), number >= 0,
      let bytes = Int(exactly: (number * Double(1 << (shift ?? 0))).rounded())
    else { return nil }
    self.bytes = bytes
  }

  /// Of the machine.
  static var threeQuartersOfMemory: Int {
    sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 4 * 3
  }

  /// `bytes` in the largest unit that leaves at least one whole: `1.5 GiB`.
  static func describe(_ bytes: Int) -> String {
    var value = Double(bytes)
    var unit = "B"
    for larger in ["KiB", "MiB", "GiB", "TiB"] where value >= 1024 {
      value /= 1024
      unit = larger
    }
    let tenths = Int((value * 10).rounded())
    return unit == "B" || tenths % 10 == 0 && tenths >= 1000
      ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}

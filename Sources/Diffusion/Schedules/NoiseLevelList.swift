import Glibc

/// Noise levels that a user gives or takes apart: falling ones, the last of which may be zero.
public enum NoiseLevelList {
  /// The levels up to a step and those from it on; both have the level between them.
  ///
  /// - Parameter step: counted from 0; one beyond the last counts as the last.
  public static func split(_ levels: [Double], at step: Int) -> (high: [Double], low: [Double]) {
    let step = min(max(step, 0), max(levels.count - 1, 0))
    return (Array(levels.prefix(step + 1)), Array(levels.dropFirst(step)))
  }

  /// The same, so that the second part has a share of the steps, as ComfyUI's `SplitSigmasDenoise` does it.
  ///
  /// - Parameter denoise: in 0...1.
  public static func split(
    _ levels: [Double], denoise: Double
  ) -> (high: [Double], low: [Double]) {
    let steps = max(levels.count - 1, 0)
    return split(levels, at: steps - Int((Double(steps) * denoise).rounded(.toNearestOrEven)))
  }

  /// One list after the other; the level at which the first ends and the second begins is there once.
  public static func join(_ first: [Double], _ second: [Double]) -> [Double] {
    first + (first.last == second.first ? Array(second.dropFirst()) : second)
  }

  /// A line for each level: its number from 0 up, the level, and the width of the step to the next in the logarithm.
  public static func table(_ levels: [Double]) -> String {
    levels.indices.map { index in
      let width = index + 1 < levels.count ? log(levels[index] / levels[index + 1]) : .infinity
      let line = padded("\(index)", to: 4) + padded(rounded(levels[index]), to: 12)
      return width.isFinite ? line + padded(rounded(width), to: 12) : line
    }.joined(separator: "\n")
  }

  /// Four digits behind the point.
  private static func rounded(_ number: Double) -> String {
    "\((number * 10_000).rounded() / 10_000)"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 0)) + text
  }

  /// Throws `NoiseLevelError` for levels that no sampler can follow.
  public static func verify(_ levels: [Double]) throws {
    for (index, level) in levels.enumerated() {
      guard level.isFinite, level >= 0, level < 1e6 else {
        throw NoiseLevelError.outOfRange(index: index, level: level)
      }
      guard index == 0 || level < levels[index - 1] else {
        throw NoiseLevelError.notFalling(index: index, level: level, before: levels[index - 1])
      }
    }
  }
}

/// Levels that no sampler can follow.
public enum NoiseLevelError: Error, Hashable, CustomStringConvertible {
  /// A level that is no number from 0 up to a million.
  case outOfRange(index: Int, level: Double)
  /// A level that is not below the one before.
  case notFalling(index: Int, level: Double, before: Double)

  /// What is wrong, and the fix.
  public var description: String {
    switch self {
    case .outOfRange(let index, let level):
      "noise level \(index + 1) is \(level): levels lie between 0 and a million"
    case .notFalling(let index, let level, let before):
      "noise level \(index + 1) is \(level) after \(before): each level is below the one before"
    }
  }
}

import Glibc
import Tensor

/// A change of a picture's contrast, as image editors do it.
public struct Levels: Sendable {
  /// What becomes 0 and what becomes 1.
  public var range: ClosedRange<Float>
  /// Above 1 the middle becomes lighter, below 1 darker.
  public var gamma: Float

  /// - Throws: `LevelsError` where black is not below white.
  public init(black: Float, white: Float, gamma: Float) throws(LevelsError) {
    guard black < white else { throw LevelsError(black: black, white: white) }
    (range, self.gamma) = (black...white, gamma)
  }

  /// `((value - black) / (white - black)) ^ (1 / gamma)`, cut off at 0 and 1 before the power.
  func callAsFunction(_ value: Float) -> Float {
    let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    let cut = min(max(share, 0), 1)
    return gamma == 1 ? cut : powf(cut, 1 / gamma)
  }
}

/// Levels that leave nothing between black and white.
public struct LevelsError: Error, Hashable, Sendable, CustomStringConvertible {
  var black: Float
  var white: Float

  /// A sentence.
  public var description: String {
    "black, \(black), is not below white, \(white), so nothing is between them"
  }
}

/// Channels that are changed.
public enum ChannelChoice: String, Sendable, CaseIterable {
  case all, red, green, blue

  /// Of red, green and blue.
  func contains(_ channel: Int) -> Bool {
    switch self {
    case .all: true
    case .red: channel == 0
    case .green: channel == 1
    case .blue: channel == 2
    }
  }
}

extension Image {
  /// The picture with other levels in some of its channels.
  public func adjusted(_ levels: Levels, in channels: ChannelChoice = .all) -> Image {
    let length = width * 3
    return Image(
      pixels: pixels.parallelRows([height, width, 3]) { source, y, target in
        for index in 0..<length {
          let value = source[y * length + index]
          target[index] = channels.contains(index % 3) ? levels(value) : value
        }
      })
  }
}

import Graph
import Imaging

/// Points as graphs write them, `[[10, 20], [30.5, 40]]`.
enum MaskPoints {
  /// Throws `MaskPointsError`.
  static func read(_ lists: [[Double]], atLeast count: Int) throws -> [Point] {
    guard lists.count >= count else {
      throw MaskPointsError.tooFew(count: lists.count, wanted: count)
    }
    return try lists.enumerated().map { index, numbers in
      guard numbers.count == 2, numbers.allSatisfy((-limit...limit).contains) else {
        throw MaskPointsError.notAPoint(index: index + 1, numbers: numbers)
      }
      return Point(x: numbers[0], y: numbers[1])
    }
  }

  /// Far beyond any picture.
  static let limit = 1e6
}

/// Why points make no shape.
enum MaskPointsError: Error, Hashable, CustomStringConvertible {
  case tooFew(count: Int, wanted: Int)
  case notAPoint(index: Int, numbers: [Double])

  var description: String {
    switch self {
    case .tooFew(let count, let wanted):
      "there are \(count) points, and it takes at least \(wanted)"
    case .notAPoint(let index, let numbers):
      "point \(index) is \(numbers); a point is two numbers, `[x, y]`, of at most a million"
    }
  }
}

extension Inference {
  /// Finds fault with points that make no shape, where they are constants.
  func requirePoints(_ port: String, atLeast count: Int) throws {
    guard let constant = constants[port], let lists = [[Double]](literal: constant) else { return }
    _ = try finding(.invalidValue, at: port) { try MaskPoints.read(lists, atLeast: count) }
  }
}

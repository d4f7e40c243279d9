import Foundation
import Tensor
import Testing

@testable import Diffusion

/// The files that `Scripts/reference` wrote.
enum Fixtures {
  static let folder = Bundle.module.resourcePath.map { "\($0)/Fixtures" } ?? "Fixtures"

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// One of the tiny models' folders.
  static func model(_ name: String) -> String { path("models/\(name)") }
}

/// Tensors that the reference implementation put out. PyTorch's pictures are turned to channels last.
struct Reference {
  private let file: SafetensorsFile
  private let prefix: String

  init(_ name: String, prefix: String) throws {
    file = try SafetensorsFile(path: Fixtures.path("\(name).safetensors"))
    self.prefix = prefix
  }

  subscript(name: String) -> Tensor {
    get throws {
      let tensor = try file.tensor("\(prefix).\(name)")
      return tensor.shape.rank == 4 ? tensor.transposedToChannelsLast() : tensor
    }
  }

  func contains(_ name: String) -> Bool { file.header.tensors["\(prefix).\(name)"] != nil }

  /// Every name under a prefix that starts with one of these.
  func names(startingWith starts: [String]) -> [String] {
    file.header.tensors.keys.filter { $0.hasPrefix(prefix + ".") }
      .map { String($0.dropFirst(prefix.count + 1)) }
      .filter { name in starts.contains { name.hasPrefix($0) } }.sorted()
  }
}

extension Tensor {
  /// `max|a - b| / max|b|`, or infinity where the shapes differ or a number is none.
  func relativeError(to reference: Tensor) -> Float {
    guard shape == reference.shape else { return .infinity }
    let (mine, theirs) = (elements, reference.elements)
    guard mine.allSatisfy(\.isFinite) else { return .infinity }
    let difference = Swift.zip(mine, theirs).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
    return difference / theirs.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
  }
}

/// What a model may differ from the reference, of the largest magnitude.
let tolerance: Float = 1e-4

/// What the blocks put out while a model runs.
final class Observations {
  private(set) var tensors: [String: Tensor] = [:]

  func record(_ name: String, _ tensor: Tensor) { tensors[name] = tensor }

  /// Expects every block that the reference has, and each within the tolerance.
  func expectEqual(to reference: Reference, startingWith starts: [String]) throws {
    let names = reference.names(startingWith: starts)
    #expect(!names.isEmpty)
    for name in names {
      let observed = try #require(tensors[name], "\(name) was not observed")
      #expect(try observed.relativeError(to: reference[name]) < tolerance, "\(name)")
    }
  }
}

extension Fixtures {
  /// Decodes one of the JSON files.
  static func decode<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws
    -> Value
  {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: URL(filePath: path(name))))
  }
}

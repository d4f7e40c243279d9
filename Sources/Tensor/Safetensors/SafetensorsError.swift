/// Why a safetensors file cannot be used: the file, and what is wrong with it.
public struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Error, Equatable {
    case unreadable(reason: String)
    case notARegularFile
    case tooShort(byteCount: Int)
    case headerTooLong(byteCount: UInt64, limit: Int)
    case headerTruncated(byteCount: Int, available: Int)
    case malformedHeader(reason: String, offset: Int)
    case unknownField(tensor: String, field: String)
    case missingField(tensor: String, field: String)
    case unknownDType(tensor: String, name: String)
    case reversedRange(tensor: String, begin: Int, end: Int)
    case outOfRange(tensor: String, end: Int, available: Int)
    case overlap(tensor: String, other: String)
    case hole(begin: Int, end: Int)
    case sizeTooLarge(tensor: String, shape: [Int])
    case sizeMismatch(tensor: String, shape: [Int], dtype: DType, expected: Int, found: Int)
    case missingTensor(String)
  }

  /// The file's path, or what it was called by whoever had its bytes.
  public let file: String
  /// What is wrong.
  public let problem: Problem

  /// An error about a file.
  public init(file: String, problem: Problem) {
    self.file = file
    self.problem = problem
  }

  /// A sentence that names the file.
  public var description: String { "\(file): \(problem)" }
}

extension SafetensorsError.Problem: CustomStringConvertible {
  /// What follows the file's name in a sentence.
  public var description: String {
    switch self {
    case .unreadable(let reason):
      "cannot be read: \(reason)"
    case .notARegularFile:
      "is not a file; give the path of a safetensors file"
    case .tooShort(let byteCount):
      "is not a safetensors file: it has \(byteCount) bytes, and the length of the header takes 8"
    case .headerTooLong(let byteCount, let limit):
      "is not a safetensors file: its header would take \(byteCount) bytes, the limit is \(limit)"
    case .headerTruncated(let byteCount, let available):
      "is truncated: its header takes \(byteCount) bytes, only \(available) follow"
    case .malformedHeader(let reason, let offset):
      "has a malformed header: \(reason) (byte \(offset) of the header)"
    case .unknownField(let tensor, let field):
      "has a malformed header: tensor `\(tensor)` has the unknown field `\(field)`"
    case .missingField(let tensor, let field):
      "has a malformed header: tensor `\(tensor)` lacks a valid `\(field)`"
    case .unknownDType(let tensor, let name):
      "tensor `\(tensor)` has the unknown dtype `\(name)`; known are \(DType.names)"
    case .reversedRange(let tensor, let begin, let end):
      "tensor `\(tensor)` ends before it begins: data_offsets [\(begin), \(end)]"
    case .outOfRange(let tensor, let end, let available):
      "is truncated: tensor `\(tensor)` ends at byte \(end) of the data, of which there are \(available)"
    case .overlap(let tensor, let other):
      "tensor `\(tensor)` overlaps tensor `\(other)`"
    case .hole(let begin, let end):
      "bytes \(begin) to \(end) of the data belong to no tensor"
    case .sizeTooLarge(let tensor, let shape):
      "tensor `\(tensor)` is too large: its shape is \(shape)"
    case .sizeMismatch(let tensor, let shape, let dtype, let expected, let found):
      "tensor `\(tensor)` takes \(found) bytes, but \(dtype.rawValue) \(shape) is \(expected)"
    case .missingTensor(let tensor):
      "has no tensor `\(tensor)`"
    }
  }
}

extension DType {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: " ") }
}

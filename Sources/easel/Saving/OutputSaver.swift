import Engine
import FoundationEssentials
import Graph
import Imaging
import Nodes

/// A file that a run has left.
struct SavedOutput: Encodable {
  var event = "saved"
  var output: String
  var path: String
}

/// Writes a graph's outputs, each under its name.
struct OutputSaver {
  var folder: String
  var record: PictureRecord

  /// Throws `UnsavableOutput` for the first output that no file can hold.
  static func requireSavable(_ graph: CheckedGraph) throws {
    for output in graph.outputs where !isSavable(output.type) {
      throw UnsavableOutput(output: output.name, type: output.type, span: output.span)
    }
  }

  /// Writes every output, the elements of a list under numbered names. Throws the system's error where a
  /// file cannot be written, and `UnsavableOutput`.
  func save(_ outputs: [RunResult.Output]) throws -> [SavedOutput] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try outputs.flatMap { output in
      if let list = output.elements as? [any SavableValue] {
        return try list.enumerated().map { index, value in
          try save(
            value, as: "\(output.name)-\(Self.number(index + 1, of: list.count))", of: output)
        }
      }
      guard let value = output.value as? any SavableValue else {
        throw UnsavableOutput(output: output.name, type: output.type, span: nil)
      }
      return [try save(value, as: output.name, of: output)]
    }
  }

  private func save(
    _ value: any SavableValue, as name: String, of output: RunResult.Output
  ) throws -> SavedOutput {
    let path = outputPath("\(name).\(type(of: value).fileExtension)", in: folder)
    try AtomicFile.write(value.fileBytes(record: record.json()), to: path)
    return SavedOutput(output: output.name, path: path)
  }

  /// With as many digits as the last number has, and at least two.
  private static func number(_ number: Int, of count: Int) -> String {
    let digits = String(number)
    let width = max(2, String(count).count)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func isSavable(_ type: PortType) -> Bool {
    switch type {
    case .handle: false
    case .list(let inside), .optional(let inside): isSavable(inside)
    default: true
    }
  }
}

/// The path of a file that a run leaves in a folder.
func outputPath(_ name: String, in folder: String) -> String {
  let prefix = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
  return prefix + name
}

extension RunResult.Output {
  /// The values of a list; nil for anything else.
  fileprivate var elements: Any? {
    if let gathered = value as? GatheredList { return gathered.elements }
    return value as? [any SavableValue]
  }
}

/// An output that no file can hold.
struct UnsavableOutput: Error, CustomStringConvertible {
  var output: String
  var type: PortType
  var span: SourceSpan?

  var description: String {
    let place = span.map { "\($0.file):\($0.start.line):\($0.start.column): " } ?? ""
    return place
      + "the output `\(output)` is a \(type), which cannot be saved; only a graph that uses this "
      + "one can take it"
  }
}

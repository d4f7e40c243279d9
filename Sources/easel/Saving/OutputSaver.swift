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
  /// What becomes one file.
  struct Part {
    var output: String
    /// Of an element of a list, from 1.
    var number: Int?
    var path: String
    fileprivate var value: any SavableValue
  }

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
    try outputs.flatMap(parts).map { part in
      try write(bytes(of: part), to: part.path)
      return SavedOutput(output: part.output, path: part.path)
    }
  }

  /// The files that an output becomes. Throws `UnsavableOutput`.
  func parts(of output: RunResult.Output) throws -> [Part] {
    if let list = output.list, let elements = list.elements as? [any SavableValue] {
      return zip(list.numbers, elements).map { number, value in
        let name = "\(output.name)-\(Self.number(number, of: list.count))"
        return Part(
          output: output.name, number: number, path: path(of: value, as: name), value: value)
      }
    }
    guard let value = output.value as? any SavableValue else {
      throw UnsavableOutput(output: output.name, type: output.type, span: nil)
    }
    return [Part(output: output.name, path: path(of: value, as: output.name), value: value)]
  }

  /// A file's content. Throws what the encoding of its format throws.
  func bytes(of part: Part) throws -> [UInt8] {
    try part.value.fileBytes(as: record.encoding) {
      try record.json(output: part.output, number: part.number)
    }
  }

  /// Writes a file into the folder, which is made if it is missing. Throws the system's error.
  func write(_ bytes: [UInt8], to path: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try AtomicFile.write(bytes, to: path)
  }

  private func path(of value: any SavableValue, as name: String) -> String {
    outputPath("\(name).\(type(of: value).fileExtension(for: record.encoding))", in: folder)
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
  /// What a list holds; nil for anything else.
  fileprivate var list: GatheredList? {
    value as? GatheredList ?? (value as? [any SavableValue]).map { GatheredList($0) }
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

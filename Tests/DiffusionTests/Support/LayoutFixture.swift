import Foundation
import Tensor
import Testing

@testable import Diffusion

/// A tensor without its elements.
struct NamedShape {
  var key: String
  var shape: [Int]
  var type = DType.float16
}

/// A file without its tensors' elements.
struct ListedFile {
  var name: String
  var tensors: [NamedShape]

  /// The lists that `Scripts/reference/names.py` writes, one after the other, each under the name of its file.
  static func list(_ path: String) throws -> [ListedFile] {
    var files: [ListedFile] = []
    var last = Substring()
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      let parts = line.split(separator: " ")
      if parts[0] == "#" || files.isEmpty { files.append(ListedFile(name: "", tensors: [])) }
      if parts[0] == "#" {
        files[files.count - 1].name = String(parts[1])
        last = ""
        continue
      }
      last = last.prefix(try #require(Int(parts[0]))) + parts[1]
      files[files.count - 1].tensors.append(
        NamedShape(
          key: String(last), shape: parts[3].split(separator: "x").compactMap { Int($0) },
          type: try #require(DType(rawValue: String(parts[2])))))
    }
    return files
  }
}

/// A small model of `Scripts/reference/layouts.py`: its keys and shapes in one layout.
struct LayoutFixture {
  let folder: String

  init(_ name: String) { folder = Fixtures.path("layouts/\(name)") }

  func files() throws -> [ListedFile] { try ListedFile.list("\(folder)/keys.txt") }

  /// Writes a file of the right size without weights: its contents are a hole.
  static func writeSparse(_ tensors: [NamedShape], to path: String) throws {
    let (header, end) = header(tensors)
    try header.write(to: URL(filePath: path))
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.truncate(atOffset: UInt64(header.count + end))
    try file.close()
  }

  /// Writes a file with the weights that the script gives tensors of these names.
  /// - Parameters:
  ///   - type: of all of them.
  ///   - prefix: what the script puts before the keys.
  ///   - metadata: the JSON object.
  static func write(
    _ tensors: [NamedShape], to path: String, type: DType, prefix: String = "",
    metadata: String? = nil
  ) throws {
    let tensors = tensors.map { NamedShape(key: $0.key, shape: $0.shape, type: type) }
    var (data, _) = header(tensors, metadata: metadata)
    for tensor in tensors {
      append(numbers(prefix + tensor.key, tensor.shape), as: type, to: &data)
    }
    try data.write(to: URL(filePath: path))
  }

  private static func header(
    _ tensors: [NamedShape], metadata: String? = nil
  ) -> (data: Data, end: Int) {
    var end = 0
    var members = metadata.map { ["\"__metadata__\":\($0)"] } ?? []
    for tensor in tensors {
      let begin = end
      end += tensor.shape.reduce(tensor.type.byteCount, *)
      members.append(
        "\"\(tensor.key)\":{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":\(tensor.shape),"
          + "\"data_offsets\":[\(begin),\(end)]}")
    }
    let text = Data("{\(members.joined(separator: ","))}".utf8)
    return (withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text, end)
  }

  private static func append(_ numbers: [Float], as type: DType, to data: inout Data) {
    switch type {
    case .float16: numbers.map { Float16($0) }.withUnsafeBytes { data.append(contentsOf: $0) }
    case .bfloat16:
      numbers.map { UInt16($0.bitPattern >> 16) }.withUnsafeBytes { data.append(contentsOf: $0) }
    default: numbers.withUnsafeBytes { data.append(contentsOf: $0) }
    }
  }

  /// `numbers` of the script.
  static func numbers(_ key: String, _ shape: [Int]) -> [Float] {
    if key.hasSuffix("token_embedding.weight") {
      let rows = numbers("rows of " + key.dropLast(".weight".count), [64, shape[1]])
      return Array(repeatElement(rows, count: shape[0] / 64).joined())
    }
    let seed = key.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    let count = shape.reduce(1, *)
    let isScale = shape.count == 1 && key.hasSuffix("weight")
    let fan = shape.count > 1 ? count / shape[0] : key.hasSuffix("norm1.bias") ? 1 << 6 : 1 << 8
    let exponent = (0..<31).first { 1 << (2 * $0) >= fan } ?? 0
    return (0..<count).map { index in
      var mixed = UInt32(index) &+ seed
      mixed = (mixed ^ mixed >> 16) &* 0x85EB_CA6B
      mixed = (mixed ^ mixed >> 13) &* 0xC2B2_AE35
      mixed ^= mixed >> 16
      return isScale
        ? 1 + (Float(mixed & 0xF) - 7.5) / 64
        : (Float(mixed & 0xFF) - 127.5) / Float(1 << (6 + exponent))
    }
  }
}

/// A folder for one test, removed with the object.
final class TemporaryFolder {
  let path = NSTemporaryDirectory() + "easel-test-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension LayoutFixture {
  /// Writes the model as one file, each tensor as `change` gives it back; nil leaves it out.
  func writeSingle(
    to path: String, type: DType = .float16, metadata: String? = nil,
    _ change: (NamedShape) -> NamedShape? = { $0 }
  ) throws {
    let tensors = try #require(try files().first).tensors.compactMap(change)
    try Self.write(tensors, to: path, type: type, metadata: metadata)
  }

  /// Copies the configurations and writes each part's weights.
  func writeFolder(to path: String, type: DType = .float16) throws {
    try FileManager.default.copyItem(atPath: folder, toPath: path)
    for file in try files() {
      let part = String(file.name.prefix { $0 != "/" })
      try Self.write(file.tensors, to: "\(path)/\(file.name)", type: type, prefix: part + "/")
    }
  }
}

/// The names and shapes of a published model: `Scripts/reference/names.py`.
struct PublishedModel {
  let name: String

  /// Writes the single file, sparse.
  func writeSingle(to path: String, adding extras: [NamedShape] = []) throws {
    let tensors = try ListedFile.list(Fixtures.path("names/\(name)-single.txt"))[0].tensors
    try LayoutFixture.writeSparse(tensors + extras, to: path)
  }

  /// Writes the folder in diffusers' layout, its weights sparse.
  func writeFolder(to path: String) throws {
    let tensors = try ListedFile.list(Fixtures.path("names/\(name)-diffusers.txt"))[0].tensors
    let data = try Data(
      contentsOf: URL(filePath: Fixtures.path("names/\(name)-configurations.json")))
    let files = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    for (file, content) in files {
      let url = URL(filePath: "\(path)/\(file)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try JSONSerialization.data(withJSONObject: content).write(to: url)
    }
    for (part, tensors) in Dictionary(grouping: tensors, by: { $0.key.prefix { $0 != "/" } }) {
      let stem = part.hasPrefix("text") ? "model" : "diffusion_pytorch_model"
      let inside = tensors.map {
        NamedShape(key: String($0.key.dropFirst(part.count + 1)), shape: $0.shape, type: $0.type)
      }
      try LayoutFixture.writeSparse(inside, to: "\(path)/\(part)/\(stem).safetensors")
    }
  }
}

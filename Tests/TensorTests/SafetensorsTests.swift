import Glibc
import Testing

@testable import Tensor

@Suite struct SafetensorsTests {
  @Test func roundTrip() throws {
    let tensors: [(String, Tensor)] = [
      ("b.weight", .random([3, 5], seed: 1)), ("a", .random([], seed: 2)),
      ("empty", Tensor([0, 7], [])), ("quote \" slash \\ tab \t ü 🎨", .random([2, 1, 4], seed: 3)),
    ]
    let metadata = ["format": "pt", "note": "two\nlines"]
    let bytes = SafetensorsWriter.encode(tensors, metadata: metadata)
    let decoded = try bytes.withUnsafeBytes { try SafetensorsReader.decode($0, name: "memory") }
    #expect(decoded.count == tensors.count)
    for (name, tensor) in tensors {
      #expect(decoded[name]?.shape == tensor.shape)
      #expect(decoded[name]?.elements == tensor.elements)
    }
    let header = try bytes.withUnsafeBytes { try SafetensorsHeader(of: $0, file: "memory") }
    #expect(header.metadata == metadata)
    #expect(SafetensorsWriter.encode(tensors, metadata: metadata) == bytes)
  }

  /// The bytes that the reference implementation writes for these arguments (safetensors 0.8,
  /// `safetensors.numpy.save({"x": np.array([[1, 2]], np.float32)}, {"k": "v"})`).
  @Test func bytesOfTheReferenceImplementation() {
    let header =
      #"{"__metadata__":{"k":"v"},"x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#
    let bytes = SafetensorsWriter.encode([("x", Tensor([1, 2], [1, 2]))], metadata: ["k": "v"])
    let padded = header + String(repeating: " ", count: -header.utf8.count & 7)
    #expect(bytes.prefix(8) == [UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    #expect(bytes.dropFirst(8).prefix(padded.utf8.count).elementsEqual(padded.utf8))
    #expect(bytes.suffix(8) == [0, 0, 0x80, 0x3f, 0, 0, 0, 0x40])
  }

  @Test func mapsAFile() throws {
    let tensor = Tensor.random([100, 3], seed: 1)
    try withTemporaryFile(SafetensorsWriter.encode([("x", tensor)])) { path in
      let file = try SafetensorsFile(path: path)
      #expect(try file.tensor("x").elements == tensor.elements)
      #expect(
        SafetensorsHeader.description(of: try SafetensorsHeader(readingFrom: path))
          == SafetensorsHeader.description(of: file.header))
      #expect(throws: SafetensorsError(file: path, problem: .missingTensor("y"))) {
        try file.tensor("y")
      }
    }
  }

  @Test func readsEveryDType() throws {
    let names = DType.allCases.map(\.rawValue)
    var end = 0
    let entries = DType.allCases.map { dtype in
      let begin = end
      end += 3 * dtype.byteCount
      return
        #""\#(dtype.rawValue)":{"dtype":"\#(dtype.rawValue)","shape":[3],"data_offsets":[\#(begin),\#(end)]}"#
    }
    let bytes = safetensors("{\(entries.joined(separator: ","))}", dataByteCount: end)
    let decoded = try bytes.withUnsafeBytes { try SafetensorsReader.decode($0, name: "memory") }
    #expect(Set(decoded.keys) == Set(names))
    #expect(decoded.values.allSatisfy { $0.elements == [0, 0, 0] })
  }

  @Test func headerMayHaveSpacesAndEscapes() throws {
    let text =
      "{ \"\\u0078\\ud83c\\udfa8\" :\n{\"shape\" : [ ] , \"dtype\":\"U8\",\"data_offsets\":[0 ,1]}\t}  "
    let bytes = safetensors(text, dataByteCount: 1)
    let header = try bytes.withUnsafeBytes { try SafetensorsHeader(of: $0, file: "memory") }
    #expect(header.tensors["x🎨"]?.shape == [])
  }

  // MARK: - Broken files

  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let error: String

    /// A file with the given header.
    init(_ description: String, header: String, dataByteCount: Int = 8, error: String) {
      self.init(description, bytes: safetensors(header, dataByteCount: dataByteCount), error: error)
    }

    init(_ description: String, bytes: [UInt8], error: String) {
      testDescription = description
      self.bytes = bytes
      self.error = error
    }
  }

  private static func entry(_ name: String, _ begin: Int, _ end: Int) -> String {
    #""\#(name)":{"dtype":"U8","shape":[\#(end - begin)],"data_offsets":[\#(begin),\#(end)]}"#
  }

  private static let malformed = "has a malformed header: "

  static let broken: [Broken] = [
    Broken(
      "empty", bytes: [],
      error: "is not a safetensors file: it has 0 bytes, and the length of the header takes 8"),
    Broken(
      "seven bytes", bytes: [2, 0, 0, 0, 0, 0, 0],
      error: "is not a safetensors file: it has 7 bytes, and the length of the header takes 8"),
    Broken(
      "a pickle", bytes: Array("PK\u{3}\u{4}\u{1}\u{1}\u{1}\u{1}".utf8),
      error:
        "is not a safetensors file: its header would take 72340172888558416 bytes, "
        + "the limit is 100000000"),
    Broken(
      "header too long", bytes: [UInt8](repeating: 255, count: 8),
      error:
        "is not a safetensors file: its header would take 18446744073709551615 bytes, "
        + "the limit is 100000000"),
    Broken(
      "header longer than the file", bytes: [9, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8),
      error: "is truncated: its header takes 9 bytes, only 2 follow"),
    Broken(
      "no header", bytes: [UInt8](repeating: 0, count: 8),
      error: malformed + "it must begin with `{` (byte 0 of the header)"),
    Broken(
      "a list", header: "[]", error: malformed + "it must begin with `{` (byte 0 of the header)"),
    Broken(
      "space before", header: " {}",
      error: malformed + "it must begin with `{` (byte 0 of the header)"),
    Broken(
      "no end", header: "{" + entry("x", 0, 8),
      error: malformed + "expected `}` (byte 52 of the header)"),
    Broken(
      "text after", header: "{} x",
      error: malformed + "more follows after the end (byte 3 of the header)"),
    Broken(
      "string without end", header: #"{"x"#,
      error: malformed + "a string does not end (byte 1 of the header)"),
    Broken(
      "bad escape", header: #"{"\q":1}"#, error: malformed + "unknown escape (byte 2 of the header)"
    ),
    Broken(
      "half a surrogate pair", header: #"{"\ud83c":1}"#,
      error: malformed + "unknown escape (byte 2 of the header)"),
    Broken(
      "not UTF-8", bytes: [5, 0, 0, 0, 0, 0, 0, 0] + [0x7b, 0x22, 0xff, 0x22, 0x7d],
      error: malformed + "a string is not UTF-8 (byte 2 of the header)"),
    Broken(
      "deep lists", header: #"{"x":"# + String(repeating: "[", count: 1_000_000),
      error: malformed + "expected `{` (byte 5 of the header)"),
    Broken(
      "deep objects", header: String(repeating: #"{"x":"#, count: 500_000),
      error: malformed + "tensor `x` has the unknown field `x`"),
    Broken(
      "a number for a tensor", header: #"{"x":1}"#,
      error: malformed + "expected `{` (byte 5 of the header)"),
    Broken(
      "metadata that are no text", header: #"{"__metadata__":{"a":1}}"#,
      error: malformed + "expected `\"` (byte 21 of the header)"),
    Broken(
      "the same tensor twice", header: "{\(entry("x", 0, 4)),\(entry("x", 4, 8))}",
      error: malformed + "`x` stands twice (byte 53 of the header)"),
    Broken(
      "the same field twice", header: #"{"x":{"dtype":"U8","dtype":"I8"}}"#,
      error: malformed + "`dtype` stands twice (byte 19 of the header)"),
    Broken(
      "no dtype", header: #"{"x":{"shape":[8],"data_offsets":[0,8]}}"#,
      error: malformed + "tensor `x` lacks a valid `dtype`"),
    Broken(
      "no shape", header: #"{"x":{"dtype":"U8","data_offsets":[0,8]}}"#,
      error: malformed + "tensor `x` lacks a valid `shape`"),
    Broken(
      "one offset", header: #"{"x":{"dtype":"U8","shape":[8],"data_offsets":[8]}}"#,
      error: malformed + "tensor `x` lacks a valid `data_offsets`"),
    Broken(
      "unknown dtype", header: #"{"x":{"dtype":"F4","shape":[8],"data_offsets":[0,8]}}"#,
      error:
        "tensor `x` has the unknown dtype `F4`; known are "
        + "F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL"),
    Broken(
      "negative size", header: #"{"x":{"dtype":"U8","shape":[-8],"data_offsets":[0,8]}}"#,
      error: malformed + "expected a number without sign (byte 28 of the header)"),
    Broken(
      "fraction", header: #"{"x":{"dtype":"U8","shape":[8.0],"data_offsets":[0,8]}}"#,
      error: malformed + "expected `]` (byte 29 of the header)"),
    Broken(
      "leading zero", header: #"{"x":{"dtype":"U8","shape":[08],"data_offsets":[0,8]}}"#,
      error: malformed + "a number begins with 0 (byte 28 of the header)"),
    Broken(
      "huge number",
      header: #"{"x":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,8]}}"#,
      error: malformed + "a number is too large (byte 28 of the header)"),
    Broken(
      "huge shape",
      header: #"{"x":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#,
      error: "tensor `x` is too large: its shape is [4294967296, 4294967296]"),
    Broken(
      "shape of another size", header: #"{"x":{"dtype":"F16","shape":[2,3],"data_offsets":[0,8]}}"#,
      error: "tensor `x` takes 8 bytes, but F16 [2, 3] is 12"),
    Broken(
      "reversed", header: #"{"x":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}"#,
      error: "tensor `x` ends before it begins: data_offsets [8, 0]"),
    Broken(
      "truncated", header: "{\(entry("x", 0, 8)),\(entry("y", 8, 20))}", dataByteCount: 19,
      error: "is truncated: tensor `y` ends at byte 20 of the data, of which there are 19"),
    Broken(
      "overlap", header: "{\(entry("x", 0, 5)),\(entry("y", 4, 8))}",
      error: "tensor `y` overlaps tensor `x`"),
    Broken(
      "hole at the beginning", header: "{\(entry("x", 1, 8))}",
      error: "bytes 0 to 1 of the data belong to no tensor"),
    Broken(
      "hole between", header: "{\(entry("x", 0, 3)),\(entry("y", 5, 8))}",
      error: "bytes 3 to 5 of the data belong to no tensor"),
    Broken(
      "hole at the end", header: "{\(entry("x", 0, 7))}",
      error: "bytes 7 to 8 of the data belong to no tensor"),
    Broken("no tensors", header: "{}", error: "bytes 0 to 8 of the data belong to no tensor"),
  ]

  @Test(arguments: broken)
  func brokenFile(_ broken: Broken) throws {
    try withTemporaryFile(broken.bytes) { path in
      let readers: [() throws -> Void] = [
        { _ = try SafetensorsFile(path: path) },
        { _ = try SafetensorsHeader(readingFrom: path) },
        { _ = try broken.bytes.withUnsafeBytes { try SafetensorsReader.decode($0, name: path) } },
      ]
      for read in readers {
        let error = #expect(throws: SafetensorsError.self) { try read() }
        #expect(error?.description == "\(path): \(broken.error)")
      }
    }
  }

  @Test(arguments: [
    ("/nowhere/model.safetensors", "cannot be read: No such file or directory"),
    ("/tmp", "is not a file; give the path of a safetensors file"),
    ("/dev/null", "is not a file; give the path of a safetensors file"),
  ])
  func noFile(path: String, expected: String) {
    for read in [
      { _ = try SafetensorsFile(path: path) }, { _ = try SafetensorsHeader(readingFrom: path) },
    ] {
      let error = #expect(throws: SafetensorsError.self) { try read() }
      #expect(error?.description == "\(path): \(expected)")
    }
  }
}

/// A file with the given header and as many zeros.
private func safetensors(_ header: String, dataByteCount: Int) -> [UInt8] {
  withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init)
    + header.utf8 + [UInt8](repeating: 0, count: dataByteCount)
}

extension SafetensorsHeader {
  /// Everything that it says, to compare two.
  fileprivate static func description(of header: SafetensorsHeader) -> [String] {
    header.tensors.map { "\($0.key) \($0.value)" }.sorted()
      + header.metadata.map { "\($0.key) \($0.value)" }.sorted()
  }
}

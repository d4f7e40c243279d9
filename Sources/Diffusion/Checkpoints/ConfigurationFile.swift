import FoundationEssentials

/// A JSON file of named values, read with the type and the range that each must have.
///
/// Reading checks: no number reaches a model that was not held against its range.
struct ConfigurationFile {
  let path: String
  private let values: [String: JSONValue]

  init(path: String, hint: String = "a diffusers model folder has it") throws {
    self.path = path
    let data = try readFile(path, hint: hint)
    do {
      values = try JSONDecoder().decode([String: JSONValue].self, from: data)
    } catch {
      throw CheckpointError.malformed(path: path, reason: "it is not a JSON object")
    }
  }

  /// The value, or nil where the key is absent or null.
  subscript(key: String) -> JSONValue? {
    values[key].flatMap { $0 == .null ? nil : $0 }
  }

  func flag(_ key: String, default fallback: Bool) throws -> Bool {
    try value(key, fallback, "true or false") { $0.flag }
  }

  func text(_ key: String, default fallback: String? = nil) throws -> String {
    try value(key, fallback, "a text") { $0.text }
  }

  func integer(
    _ key: String, default fallback: Int? = nil,
    in range: ClosedRange<Int> = 1...ConfigurationFile.widest
  ) throws -> Int {
    try value(key, fallback, "a whole number in \(range)") {
      $0.integer.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func number(
    _ key: String, default fallback: Double? = nil, in range: ClosedRange<Double>
  ) throws -> Double {
    try value(key, fallback, "a number in \(range)") {
      $0.number.flatMap { range.contains($0) ? $0 : nil }
    }
  }

  func texts(_ key: String, default fallback: [String]? = nil) throws -> [String] {
    try value(key, fallback, "a list of texts") { value in
      value.list.flatMap { list in
        let texts = list.compactMap(\.text)
        return texts.count == list.count ? texts : nil
      }
    }
  }

  /// A list of so many numbers, or nil where there is none.
  func numbers(_ key: String, count: Int, in range: ClosedRange<Double>) throws -> [Float]? {
    guard let value = self[key] else { return nil }
    let numbers = value.list?.compactMap(\.number).filter(range.contains) ?? []
    guard numbers.count == count, value.list?.count == count else {
      throw wrong(key, mustBe: "a list of \(count) numbers in \(range)")
    }
    return numbers.map { Float($0) }
  }

  /// As many numbers as there are blocks: a list of them, or one that holds for all.
  func integers(
    _ key: String, count: Int, default fallback: Int? = nil,
    in range: ClosedRange<Int> = 1...ConfigurationFile.widest
  ) throws -> [Int] {
    let many = "a whole number in \(range), or a list of \(count)"
    return try value(key, fallback.map { Array(repeating: $0, count: count) }, many) { value in
      let list = value.list ?? Array(repeating: value, count: count)
      let numbers = list.compactMap(\.integer).filter(range.contains)
      return list.count == count && numbers.count == count ? numbers : nil
    }
  }

  /// Refuses what is valid in diffusers but not implemented here, rather than to ignore it.
  func require(_ key: String, is supported: JSONValue...) throws {
    guard let value = self[key], !supported.contains(value) else { return }
    let alternatives = (supported + [.null]).map(\.description).joined(separator: " or ")
    throw CheckpointError.unsupported(
      path: path, key: key, value: value.description, supported: "it must be \(alternatives)")
  }

  func wrong(_ key: String, mustBe expected: String) -> CheckpointError {
    .configuration(
      path: path, key: key, expected: expected, found: values[key]?.description ?? "absent")
  }

  private func value<Value>(
    _ key: String, _ fallback: Value?, _ expected: String, _ convert: (JSONValue) -> Value?
  ) throws -> Value {
    guard let json = self[key] else {
      guard let fallback else { throw wrong(key, mustBe: expected) }
      return fallback
    }
    guard let value = convert(json) else { throw wrong(key, mustBe: expected) }
    return value
  }

  /// Beyond any real width or vocabulary, and small enough for the products of some not to overflow.
  static let widest = 1 << 20
}

/// The bytes of a configuration or a vocabulary.
func readFile(_ path: String, hint: String) throws -> Data {
  guard fileExists(path) else {
    throw CheckpointError.missing(path: path, hint: hint)
  }
  do {
    return try Data(contentsOf: URL(filePath: path))
  } catch {
    throw CheckpointError.unreadable(path: path, reason: "it is a folder, or permission is denied")
  }
}

func fileExists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

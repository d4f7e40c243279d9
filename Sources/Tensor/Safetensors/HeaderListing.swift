/// The header's text taken apart, its claims not yet checked.
struct HeaderListing {
  typealias Problem = SafetensorsError.Problem

  private struct Claim {
    let name: String
    let dtype: String
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  private(set) var metadata: [String: String] = [:]
  private var claims: [Claim] = []

  init(scanning text: UnsafeRawBufferPointer) throws {
    guard text.first == UInt8(ascii: "{") else {
      throw Problem.malformedHeader(reason: "it must begin with `{`", offset: 0)
    }
    var scanner = HeaderScanner(text)
    try scanner.object { scanner, name in
      if name == "__metadata__" {
        try scanner.object { scanner, key in metadata[key] = try scanner.string() }
      } else {
        claims.append(try Self.claim(named: name, &scanner))
      }
    }
    try scanner.end()
  }

  private static func claim(named name: String, _ scanner: inout HeaderScanner) throws -> Claim {
    var dtype: String?
    var shape: [Int]?
    var offsets: [Int] = []
    try scanner.object { scanner, key in
      switch key {
      case "dtype": dtype = try scanner.string()
      case "shape": shape = try scanner.naturals()
      case "data_offsets": offsets = try scanner.naturals()
      default: throw Problem.unknownField(tensor: name, field: key)
      }
    }
    guard let dtype else { throw Problem.missingField(tensor: name, field: "dtype") }
    guard let shape else { throw Problem.missingField(tensor: name, field: "shape") }
    guard offsets.count == 2 else {
      throw Problem.missingField(tensor: name, field: "data_offsets")
    }
    return Claim(name: name, dtype: dtype, shape: shape, begin: offsets[0], end: offsets[1])
  }
}

extension HeaderListing {
  /// The tensors by name, after all that the format demands of them was checked.
  ///
  /// - Parameters:
  ///   - dataStart: where the elements begin in the file.
  ///   - dataByteCount: how many bytes of elements it has.
  func checkedEntries(
    dataStart: Int, dataByteCount: Int
  ) throws -> [String: SafetensorsHeader.Entry] {
    try checkCoverage(dataByteCount: dataByteCount)
    return Dictionary(
      uniqueKeysWithValues: try claims.map { claim in
        let entry = SafetensorsHeader.Entry(
          dtype: try dtype(of: claim), shape: Shape(claim.shape),
          range: dataStart + claim.begin..<dataStart + claim.end)
        return (claim.name, entry)
      })
  }

  /// In the order of their bytes, each tensor begins where the one before ended.
  private func checkCoverage(dataByteCount: Int) throws {
    var last = (name: "", end: 0)
    for claim in claims.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard claim.begin <= claim.end else {
        throw Problem.reversedRange(tensor: claim.name, begin: claim.begin, end: claim.end)
      }
      guard claim.end <= dataByteCount else {
        throw Problem.outOfRange(tensor: claim.name, end: claim.end, available: dataByteCount)
      }
      guard claim.begin >= last.end else {
        throw Problem.overlap(tensor: claim.name, other: last.name)
      }
      guard claim.begin == last.end else {
        throw Problem.hole(begin: last.end, end: claim.begin)
      }
      last = (claim.name, claim.end)
    }
    guard last.end == dataByteCount else {
      throw Problem.hole(begin: last.end, end: dataByteCount)
    }
  }

  /// The type of a tensor's elements, if they are as many as its shape says.
  private func dtype(of claim: Claim) throws -> DType {
    guard let dtype = DType(rawValue: claim.dtype) else {
      throw Problem.unknownDType(tensor: claim.name, name: claim.dtype)
    }
    var expected = dtype.byteCount
    for size in claim.shape {
      let (product, overflowed) = expected.multipliedReportingOverflow(by: size)
      if overflowed { throw Problem.sizeTooLarge(tensor: claim.name, shape: claim.shape) }
      expected = product
    }
    let found = claim.end - claim.begin
    guard expected == found else {
      throw Problem.sizeMismatch(
        tensor: claim.name, shape: claim.shape, dtype: dtype, expected: expected, found: found)
    }
    return dtype
  }
}

/// The header's text taken apart, its claims not yet checked.
struct HeaderListing {
  private struct Item {
    let name: String
    var dtype: String?
    var shape: [Int]?
    var offsets: [Int]?
  }

  private(set) var metadata: [String: String] = [:]
  private var items: [Item] = []

  init(scanning text: UnsafeRawBufferPointer) throws(SafetensorsError.Problem) {
    guard text.first == UInt8(ascii: "{") else {
      throw .malformedHeader(reason: "it must begin with `{`", offset: 0)
    }
    var scanner = HeaderScanner(text)
    do {
      try scan(&scanner)
    } catch {
      throw .malformedHeader(reason: error.reason, offset: error.offset)
    }
  }

  private mutating func scan(_ scanner: inout HeaderScanner) throws(HeaderScanner.Malformed) {
    try scanner.object { scanner, name throws(HeaderScanner.Malformed) in
      if name == "__metadata__" {
        try scanner.object { scanner, key throws(HeaderScanner.Malformed) in
          metadata[key] = try scanner.string()
        }
      } else {
        items.append(try Self.item(named: name, &scanner))
      }
    }
    try scanner.end()
  }

  private static func item(
    named name: String, _ scanner: inout HeaderScanner
  ) throws(HeaderScanner.Malformed) -> Item {
    var item = Item(name: name)
    try scanner.object { scanner, key throws(HeaderScanner.Malformed) in
      switch key {
      case "dtype": item.dtype = try scanner.string()
      case "shape": item.shape = try scanner.naturals()
      case "data_offsets": item.offsets = try scanner.naturals()
      default: throw scanner.malformed("tensor `\(name)` has the unknown field `\(key)`")
      }
    }
    return item
  }
}

extension HeaderListing {
  /// The tensors by name, after all that the format demands of them was checked.
  func checkedEntries(
    dataStart: Int, dataByteCount: Int
  ) throws(SafetensorsError.Problem) -> [String: SafetensorsHeader.Entry] {
    var entries: [String: SafetensorsHeader.Entry] = [:]
    entries.reserveCapacity(items.count)
    for item in items {
      let entry = try Self.entry(of: item, dataStart: dataStart, dataByteCount: dataByteCount)
      guard entries.updateValue(entry, forKey: item.name) == nil else {
        throw .duplicateTensor(item.name)
      }
    }
    try Self.checkCoverage(entries, dataStart: dataStart, dataByteCount: dataByteCount)
    return entries
  }

  private static func entry(
    of item: Item, dataStart: Int, dataByteCount: Int
  ) throws(SafetensorsError.Problem) -> SafetensorsHeader.Entry {
    let name = item.name
    guard let dtypeName = item.dtype else { throw .missingField(tensor: name, field: "dtype") }
    guard let shape = item.shape else { throw .missingField(tensor: name, field: "shape") }
    guard let offsets = item.offsets, offsets.count == 2 else {
      throw .missingField(tensor: name, field: "data_offsets")
    }
    guard let dtype = DType(rawValue: dtypeName) else {
      throw .unknownDType(tensor: name, name: dtypeName)
    }
    let (begin, end) = (offsets[0], offsets[1])
    guard begin <= end else { throw .reversedRange(tensor: name, begin: begin, end: end) }
    guard end <= dataByteCount else {
      throw .outOfRange(tensor: name, end: end, available: dataByteCount)
    }
    guard let expected = byteCount(of: shape, dtype) else {
      throw .sizeTooLarge(tensor: name, shape: shape)
    }
    guard expected == end - begin else {
      throw .sizeMismatch(
        tensor: name, shape: shape, dtype: dtype, expected: expected, found: end - begin)
    }
    return SafetensorsHeader.Entry(
      dtype: dtype, shape: Shape(shape), range: dataStart + begin..<dataStart + end)
  }

  private static func byteCount(of shape: [Int], _ dtype: DType) -> Int? {
    var count = dtype.byteCount
    for size in shape {
      let (product, overflowed) = count.multipliedReportingOverflow(by: size)
      if overflowed { return nil }
      count = product
    }
    return count
  }

  /// In the order of their bytes, each tensor must begin where the one before ended.
  private static func checkCoverage(
    _ entries: [String: SafetensorsHeader.Entry], dataStart: Int, dataByteCount: Int
  ) throws(SafetensorsError.Problem) {
    let ordered = entries.sorted {
      ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
        < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
    }
    var previous = (name: "", end: dataStart)
    for (name, entry) in ordered {
      let begin = entry.range.lowerBound
      guard begin >= previous.end else { throw .overlap(tensor: name, other: previous.name) }
      guard begin == previous.end else {
        throw .hole(begin: previous.end - dataStart, end: begin - dataStart)
      }
      previous = (name, entry.range.upperBound)
    }
    guard previous.end == dataStart + dataByteCount else {
      throw .hole(begin: previous.end - dataStart, end: dataByteCount)
    }
  }
}

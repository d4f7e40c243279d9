import CExpat
import Glibc

/// An element of an XML file, with all that it holds.
struct XMLElement {
  var name: String
  var children: [XMLElement] = []
  /// The characters between its tags, those of its children left out.
  var text: [UInt8] = []

  /// The first child of a name.
  subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The text without the white space around it.
  var word: String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    return String(
      decoding: text.drop(while: isSpace).reversed().drop(while: isSpace).reversed(), as: UTF8.self)
  }

  /// The numbers that the text is a list of; nil where it holds anything else.
  var numbers: [Double]? {
    (text + [0]).withUnsafeBufferPointer { text -> [Double]? in
      guard let start = text.baseAddress else { return nil }
      return start.withMemoryRebound(to: CChar.self, capacity: text.count) { start -> [Double]? in
        var (numbers, place): ([Double], UnsafePointer<CChar>) = ([], start)
        while true {
          while isspace(Int32(UInt8(bitPattern: place.pointee))) != 0 { place += 1 }
          guard place.pointee != 0 else {
            return place == start + text.count - 1 ? numbers : nil
          }
          var end: UnsafeMutablePointer<CChar>?
          let number = strtod(place, &end)
          guard number.isFinite, let end, end != place else { return nil }
          numbers.append(number)
          place = UnsafePointer(end)
        }
      }
    }
  }
}

/// Where a file stops being XML, and what the parser says.
struct XMLFailure: Error {
  /// Counted from 1.
  var line: Int
  var reason: String
}

extension XMLElement {
  /// How deep elements may be nested: taking a tree down goes as deep.
  fileprivate static let maximumDepth = 64

  /// Reads a file's bytes; gives the outermost element. Throws `XMLFailure`.
  init(parsing bytes: [UInt8]) throws(XMLFailure) {
    guard let parser = XML_ParserCreate(nil) else {
      throw XMLFailure(line: 1, reason: "out of memory")
    }
    defer { XML_ParserFree(parser) }
    let tree = XMLTree(parser)
    XML_SetUserData(parser, Unmanaged.passUnretained(tree).toOpaque())
    XML_SetElementHandler(
      parser, { tree, name, _ in XMLTree.of(tree)?.open(name) },
      { tree, _ in XMLTree.of(tree)?.close() })
    XML_SetCharacterDataHandler(parser) { XMLTree.of($0)?.add($1, count: Int($2)) }
    let status = withExtendedLifetime(tree) {
      bytes.withUnsafeBytes {
        XML_Parse(
          parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: $0.count), 1)
      }
    }
    let line = Int(XML_GetCurrentLineNumber(parser))
    guard !tree.isTooDeep else {
      throw XMLFailure(line: line, reason: "elements are nested too deep")
    }
    guard status == XML_STATUS_OK else {
      throw XMLFailure(
        line: line, reason: String(cString: XML_ErrorString(XML_GetErrorCode(parser))))
    }
    guard let root = tree.root else { throw XMLFailure(line: line, reason: "no element found") }
    self = root
  }
}

/// The elements that are open while a file is read, and the outermost when it is closed.
private final class XMLTree {
  private let parser: XML_Parser
  private var open: [XMLElement] = []
  private(set) var root: XMLElement?
  private(set) var isTooDeep = false

  init(_ parser: XML_Parser) { self.parser = parser }

  static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLTree? {
    pointer.map { Unmanaged<XMLTree>.fromOpaque($0).takeUnretainedValue() }
  }

  func open(_ name: UnsafePointer<CChar>?) {
    guard open.count < XMLElement.maximumDepth else {
      isTooDeep = true
      XML_StopParser(parser, XML_Bool(XML_FALSE))
      return
    }
    open.append(XMLElement(name: name.map { String(cString: $0) } ?? ""))
  }

  func close() {
    guard let element = open.popLast() else { return }
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  func add(_ text: UnsafePointer<CChar>?, count: Int) {
    guard let text, !open.isEmpty else { return }
    text.withMemoryRebound(to: UInt8.self, capacity: count) {
      open[open.count - 1].text.append(contentsOf: UnsafeBufferPointer(start: $0, count: count))
    }
  }
}

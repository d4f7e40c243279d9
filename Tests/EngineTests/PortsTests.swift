import Graph
import Testing

@testable import Engine

/// Ports as declared, read by reflection, filled and stored.
@Suite struct PortsTests {
  private struct Declared: Node {
    enum Mode: String, ChoicePortValue { case fast, exact }

    static let name = "declared"
    static let version = 3
    static let about = "Has ports of all sorts."
    @Input("Required.") var amount: Double
    @Input("Of two words.") var clipSkip: Int = 2
    @Input("May be absent.") var extra: String?
    @Input("A choice.") var mode: Mode = .exact
    @Input("Many.", in: 0...9) var numbers: [Int] = [1, 2]
    @Input("A folder.", locate: { "\($1)/\($0)" }) var model = FilePath("default")
    @Input("Of no effect.", affectsResult: false) var threads: Seed = 1
    @Output("Out.") var numberOfThings: Int
    @Output("Same name as an input.", named: "mode") var modeOut: Mode
    func run(_ context: RunContext) throws {
      numberOfThings = numbers.count + clipSkip + (extra == nil ? 0 : 100)
      modeOut = mode
    }
  }

  @Test func aSchemaIsReadFromTheDeclarations() throws {
    let schema = NodeSchema(reading: Declared.self)
    #expect(schema.name == "declared" && schema.version == 3)
    #expect(
      schema.inputs.map(\.name)
        == ["amount", "clip-skip", "extra", "mode", "numbers", "model", "threads"])
    #expect(
      schema.inputs.map(\.type)
        == [.float, .int, .text, .choice(["fast", "exact"]), .list(.int), .path, .seed])
    let path = Literal.path(FilePathLiteral(written: "default", resolved: "default"))
    #expect(
      schema.inputs.map(\.presence) == [
        .required, .defaulted(.int(2)), .optional, .defaulted(.text("exact")),
        .defaulted(.list([.int(1), .int(2)])), .defaulted(path), .defaulted(.int(1)),
      ])
    #expect(schema.inputs.map(\.affectsResult) == [true, true, true, true, true, true, false])
    #expect(schema.input("numbers")?.range == 0...9)
    #expect(try schema.input("model")?.locate?("m", "f") == "f/m")
    #expect(schema.outputs.map(\.name) == ["number-of-things", "mode"])
  }

  @Test func defaultsAndAbsentInputsNeedNoArgument() throws {
    let context = RunContext(node: NodeID("n"))
    let plain = try Invocation(Declared.self, inputs: ["amount": .constant(.int(1))]).run(context)
    #expect(plain["number-of-things"]?.literal == .int(4))
    #expect(plain["mode"]?.literal == .text("exact"))
    let given: [String: PortArgument] = [
      "amount": .value(7), "extra": .value("x"), "mode": .value("fast"), "numbers": .value([1]),
    ]
    let filled = try Invocation(Declared.self, inputs: given).run(context)
    #expect(filled["number-of-things"]?.literal == .int(103))
    #expect(filled["mode"]?.literal == .text("fast"))
  }

  @Test(arguments: [
    ("amount", PortArgument?.none, "the input `amount` has no value"),
    ("amount", .constant(.text("x")), "the input `amount` takes float, not this constant"),
    ("amount", .value("x"), "the input `amount` takes float, not text"),
    ("mode", .value("slow"), "the input `mode` takes"),
    ("threads", .value(-1), "the input `threads` takes seed, not int"),
  ])
  func whatDoesNotFitIsTold(port: String, argument: PortArgument?, message: String) {
    var inputs: [String: PortArgument] = ["amount": .constant(.float(1))]
    inputs[port] = argument
    let failure = #expect(throws: PortFailure.self) {
      try Invocation(Declared.self, inputs: inputs)
    }
    #expect(failure?.description.hasPrefix(message) == true, "\(failure?.description ?? "")")
  }

  private static let literals: [Literal] = [
    .int(0), .int(-7), .int(.max), .float(0), .float(-0.0), .float(.infinity), .float(0.1),
    .bool(true), .bool(false), .text(""), .text("a;b]:ü\n"), .text("true"),
    .path(FilePathLiteral(written: "/a;b", resolved: "/a;b")),
    .color(ColorLiteral(red: 0.1, green: 1, blue: 0, alpha: 0.5)), .size(width: 3, height: 40),
    .list([]), .list([.list([]), .text("];"), .int(1), .list([.float(2), .bool(true)])]),
  ]

  @Test func canonicalFormsAreDistinctAndReadBack() {
    for literal in Self.literals { #expect(Literal(canonical: literal.canonical) == literal) }
    #expect(Set(Self.literals.map(\.canonical)).count == Self.literals.count)
  }

  @Test(arguments: [
    "", "x", "i", "i1x", "f", "b2", "t", "t5:abc", "t-1:", "t1:ab", "[", "[i1", "[i1;", "[i1]",
    "s1", "s1x", "c1,2", "t1:\u{e9}", "i1;",
  ])
  func otherTextsAreNoLiterals(text: String) { #expect(Literal(canonical: text) == nil) }

  @Test func listsAreStoredAndReadBack() throws {
    let storage = try #require([[String]].storage)
    let value = [["a", "", "long enough to be followed by padding"], [], ["b"]]
    let bytes = try storage.encode(value)
    #expect(try bytes.withUnsafeBytes(storage.decode) == value)
    #expect([Thing].storage == nil)
    for count in 0..<bytes.count {
      #expect(throws: (any Error).self) {
        try Array(bytes[..<count]).withUnsafeBytes(storage.decode)
      }
    }
  }

  @Test func aListOfHugeLengthsIsRefused() throws {
    let storage = try #require([String].storage)
    for byte in [UInt8.max, 0x7f] {
      let bytes = [UInt8](repeating: byte, count: 64)
      #expect(throws: (any Error).self) { try bytes.withUnsafeBytes(storage.decode) }
      let one: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0] + bytes
      #expect(throws: (any Error).self) { try one.withUnsafeBytes(storage.decode) }
    }
  }
}

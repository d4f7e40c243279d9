import Testing

@testable import Graph

struct ExpressionTests {
  /// The value, or why there is none, of an expression over a few inputs.
  private func evaluate(_ text: String) -> (
    value: Literal?, type: PortType?, findings: [Diagnostic]
  ) {
    let session = CheckSession(catalog: testCatalog, reader: .memory([:]), graphFolders: [])
    var scope = Scope(isComplete: true)
    let place = SourceText(file: "f", text: "").start
    let inputs: [(String, Literal, PortType)] = [
      ("n", .int(7), .int), ("x", .float(0.5), .float), ("yes", .bool(true), .bool),
      ("name", .text("ada"), .text), ("seed", .int(3), .seed), ("load-image", .int(1), .int),
      ("word", .text("euler"), .choice(["euler", "heun"])),
      ("numbers", .list([.int(1), .int(2)]), .list(.int)),
    ]
    for (name, value, type) in inputs { scope.add(name, .input(Term(value, as: type, at: place))) }
    let source = SourceText(file: "f", text: text)
    let scalar = SyntaxScalar(
      text: text, isPlain: true,
      place: ScalarPlace(of: text, in: 0..<text.utf8.count, isQuoted: false, source: source))
    let checker = ExpressionChecker(scope: scope, session: session)
    do throws(ExpressionFault) {
      let term: Term? =
        switch try Template(scalar) {
        case .literal(let text): Term(.text(text), as: .text, at: place)
        case .expression(let expression): checker.term(for: expression)
        case .text(let parts): checker.join(parts, at: place)
        }
      return (term?.constant, term?.type, session.findings.sorted(files: ["f"]))
    } catch {
      return (nil, nil, [.invalidExpression(error, in: scalar)])
    }
  }

  private static let values: [(String, Literal)] = [
    ("${1 + 2 * 3}", Literal.int(7)), ("${(1 + 2) * 3}", .int(9)), ("${10 - 4 - 3}", .int(3)),
    ("${-7 / 2}", .int(-3)), ("${-7 % 2}", .int(-1)), ("${7 / 2.0}", .float(3.5)),
    ("${1 + 0.5}", .float(1.5)), ("${n * x}", .float(3.5)), ("${5.5 % 2}", .float(1.5)),
    ("${seed + 1}", .int(4)), ("${--n}", .int(7)), ("${1e3}", .float(1000)),
    ("${1 < 2 && 2 <= 2}", .bool(true)), ("${1 == 1.0}", .bool(true)),
    ("${!yes || 3 > 4}", .bool(false)),
    ("${name == 'ada'}", .bool(true)), ("${name != \"ada\"}", .bool(false)),
    ("${word == 'heun'}", .bool(false)), ("${yes == true}", .bool(true)),
    ("${yes ? 1 : 2}", .int(1)), ("${n > 9 ? 1 : n > 6 ? 2 : 3}", .int(2)),
    ("${yes ? 1 : 2.5}", .float(1)), ("${yes ? seed : 1}", .int(3)),
    ("${min(3, 1, 2)}", .int(1)), ("${max(1, 2.5)}", .float(2.5)), ("${min(1, 2.5)}", .float(1)),
    ("${round(2.5)}", .int(3)), ("${round(-2.5)}", .int(-3)), ("${floor(-0.5)}", .int(-1)),
    ("${ceil(x)}", .int(1)), ("${floor(n)}", .int(7)), ("${len('héllo')}", .int(5)),
    ("${len(numbers)}", .int(2)), ("${load-image - 1}", .int(0)), ("${ n }", .int(7)),
    ("${'}'}", .text("}")), ("${9223372036854775807}", .int(.max)),
    ("${false && 1 / 0 == 1}", .bool(false)), ("${true || 1 / 0 == 1}", .bool(true)),
    ("${yes ? 1 : 1 / 0}", .int(1)),
    ("a ${n} b ${x}${yes}", .text("a 7 b 0.5true")), ("$${n}", .text("${n}")),
    ("$$${n}", .text("$${n}")), ("costs $5", .text("costs $5")),
    ("${name}-${word}", .text("ada-euler")),
  ]

  @Test(arguments: values)
  func expressionsHaveValues(_ text: String, _ value: Literal) {
    let result = evaluate(text)
    #expect(result.value == value)
    #expect(result.findings.isEmpty)
  }

  private static let types: [(String, PortType)] = [
    ("${1 + 1}", PortType.int), ("${1 + 1.0}", .float), ("${seed}", .seed), ("${seed + 1}", .int),
    ("${word}", .choice(["euler", "heun"])), ("${yes ? word : name}", .text),
    ("${yes ? 1 : 2.0}", .float), ("${1 < 2}", .bool), ("${round(x)}", .int), ("a${n}", .text),
  ]

  @Test(arguments: types)
  func expressionsHaveTypes(_ text: String, _ type: PortType) {
    #expect(evaluate(text).type == type)
  }

  private static let faults: [(String, DiagnosticCode)] = [
    ("${1 / 0}", DiagnosticCode.evaluation), ("${1.5 / 0}", .evaluation), ("${n % 0}", .evaluation),
    ("${9223372036854775807 + 1}", .evaluation), ("${-9223372036854775807 - 2}", .evaluation),
    ("${(-9223372036854775807 - 1) / -1}", .evaluation), ("${1e308 * 10}", .evaluation),
    ("${floor(1e19)}", .evaluation), ("${name + 1}", .typeMismatch), ("${-yes}", .typeMismatch),
    ("${!n}", .typeMismatch), ("${n && yes}", .typeMismatch), ("${n ? 1 : 2}", .typeMismatch),
    ("${yes ? 1 : name}", .typeMismatch), ("${len(n)}", .typeMismatch),
    ("${name < name}", .typeMismatch),
    ("${nn}", .unknownReference), ("${n.width}", .unknownOutput), ("${n-1}", .unknownReference),
    ("${}", .invalidExpression), ("${1 +}", .invalidExpression), ("${", .invalidExpression),
    ("${1", .invalidExpression), ("${(1}", .invalidExpression), ("${n n}", .invalidExpression),
    ("${min(1)}", .invalidExpression), ("${sqrt(4)}", .invalidExpression),
    ("${'a}", .invalidExpression),
    ("${1.}", .invalidExpression), ("${#}", .invalidExpression),
    ("${n ? 1}", .invalidExpression), ("${99999999999999999999}", .invalidExpression),
  ]

  @Test(arguments: faults)
  func faultyExpressionsAreReported(_ text: String, _ code: DiagnosticCode) {
    let result = evaluate(text)
    #expect(result.value == nil)
    #expect(result.findings.map(\.code) == [code])
  }

  @Test func aDefaultForWhatIsNeverMissingIsAWarning() {
    let result = evaluate("${n ?? 1}")
    #expect(result.value != nil)
    #expect(result.findings.map(\.code) == [.needlessDefault])
    #expect(result.findings.map(\.severity) == [.warning])
  }

  @Test func depthIsLimited() {
    let deep = String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
    #expect(evaluate("${\(deep)}").findings.map(\.code) == [.tooDeep])
    let long = "${1" + String(repeating: " + 1", count: 100_000) + "}"
    #expect(evaluate(long).findings.map(\.code) == [.tooDeep])
    let negated = "${" + String(repeating: "-", count: 100_000) + "1}"
    #expect(evaluate(negated).findings.map(\.code) == [.tooDeep])
  }
}

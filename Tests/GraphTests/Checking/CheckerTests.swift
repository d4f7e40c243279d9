import Testing

@testable import Graph

struct CheckerTests {
  private let portrait = """
    easel: 1
    title: T
    inputs:
      side: 64
      strength: { type: float, default: 1, min: 0, max: 1 }
      photo: { type: path, default: in/cat-64x32.png }
    nodes:
      picture: { uses: decode-latent, vae: "${c.vae}", latent: "${s}" }
      c: { uses: load-checkpoint, model: default }
      p: { uses: encode-text, encoder: "${c.encoder}", text: "${side} cats" }
      n: { uses: empty-latent, width: "${side * 2}", height: "${side}" }
      s:
        uses: sample
        model: ${c.model}
        positive: ${p}
        latent: ${n}
        cfg: 7
        denoise: ${strength}
      l: { uses: load-image, path: "${photo}" }
      z: { uses: image-size, image: "${l}" }
      r: { uses: resize-image, image: "${l}", scale: "${z.width}" }
      e: { uses: empty-latent, width: "${z.width * 2 + side / 8}" }
    outputs:
      image: ${picture}
      wide: ${z.width > 100}
    """

  @Test func everyPortIsBound() throws {
    let result = check(portrait)
    #expect(result.diagnostics.isEmpty)
    #expect(result.constant("n", "width") == .int(128))
    #expect(result.constant("p", "text") == .text("64 cats"))
    #expect(result.constant("s", "cfg") == .float(7))
    #expect(result.constant("s", "denoise") == .float(1))
    #expect(result.constant("s", "steps") == .int(25))
    #expect(result.binding("s", "negative") == nil)
    let output = try #require(result.binding("s", "model"))
    guard case .output(let reference) = output else {
      Issue.record("not an output: \(output)")
      return
    }
    #expect(reference == OutputReference(node: NodeID("c"), port: "model"))
  }

  @Test func nodesStandBehindWhatTheyNeed() throws {
    let graph = try #require(check(portrait).graph)
    #expect(graph.nodes.map(\.id.path) == ["c", "p", "n", "s", "picture", "l", "z", "r", "e"])
    #expect(graph.inputs.map(\.name) == ["side", "strength", "photo"])
    #expect(graph.title == "T")
  }

  @Test func familiesAndSizesReachAllTypes() throws {
    let graph = try #require(check(portrait).graph)
    let types = Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.id.path, $0.outputTypes) })
    #expect(types["n"]?["latent"]?.description == "latent<sdxl, 128x64>")
    #expect(types["picture"]?["image"]?.description == "image<128x64>")
    #expect(types["c"]?["vae"]?.description == "vae<sdxl>")
    #expect(graph.outputs.map(\.type.description) == ["image<128x64>", "bool"])
  }

  @Test func outputsOfNodesAreReckonedWith() throws {
    let result = check(portrait)
    let width = OutputReference(node: NodeID("z"), port: "width")
    guard case .computed(let scale)? = result.binding("r", "scale"),
      case .computed(let sum)? = result.binding("e", "width")
    else {
      Issue.record("not computed")
      return
    }
    #expect(try scale.evaluate([width: .int(3)]) == .float(3))
    #expect(throws: EvaluationFailure.self) { try scale.evaluate([width: .int(9)]) }
    #expect(sum.references == [width])
    #expect(sum.canonical == "in[8.0, 8192.0](+(*($0, 2), 8))")
    #expect(try sum.evaluate([width: .int(10)]) == .int(28))
    #expect(throws: EvaluationFailure.self) { try sum.evaluate([width: .int(.max)]) }
  }

  @Test func inputsAreSetFromOutside() throws {
    let overrides = [("side", "32"), ("strength", "0"), ("photo", "mine/dog-8x8.png")]
    let result = check(portrait, overrides: overrides)
    #expect(result.constant("n", "width") == .int(64))
    #expect(result.constant("s", "denoise") == .float(0))
    #expect(
      result.constant("l", "path")
        == .path(FilePathLiteral(written: "mine/dog-8x8.png", resolved: "mine/dog-8x8.png")))
    #expect(result.graph?.inputs.map(\.value.display) == ["32", "0.0", "mine/dog-8x8.png"])
  }

  private static let settings: [(String, String, DiagnosticCode, String)] = [
    ("side", "wide", DiagnosticCode.typeMismatch, "--set side=wide: `side` takes an int"),
    ("strength", "2", .outOfRange, "--set strength=2: `strength` cannot be 2.0"),
    ("sid", "3", .unknownInput, "--set sid=...: the graph has no input `sid`"),
    ("side", "25", .invalidSize, "the width, 50, is no multiple of 8"),
  ]

  @Test(arguments: settings)
  func wrongSettingsAreFindings(
    _ name: String, _ text: String, _ code: DiagnosticCode, _ message: String
  ) throws {
    let result = check(portrait, overrides: [(name, text)])
    let finding = try #require(result.diagnostics.first)
    #expect(finding.code == code)
    #expect(finding.message.hasPrefix(message))
    #expect(result.graph == nil)
  }

  @Test func inputsWithoutValueMatterOnlyToRuns() {
    let text = """
      easel: 1
      inputs: { image: { type: image }, side: { type: int } }
      nodes:
        r: { uses: resize-image, image: "${image}", size: { width: "${side}", height: 8 } }
      outputs: { image: "${r}" }
      """
    #expect(check(text, purpose: .inspection).diagnostics.isEmpty)
    #expect(check(text, purpose: .inspection).graph == nil)
    #expect(check(text, purpose: .run).codes == [.missingInput, .missingInput])
  }

  @Test func portsLocateTheirPaths() {
    let text = """
      easel: 1
      inputs: { model: { type: path, default: default } }
      nodes:
        a: { uses: load-checkpoint, model: "${model}" }
        b: { uses: load-checkpoint, model: sd1 }
      outputs: { vae: "${a.vae}" }
      """
    let result = Checker(
      catalog: testCatalog, reader: .memory(["here/graph.yaml": Array(text.utf8)])
    ).check("here/graph.yaml")
    #expect(
      result.constant("a", "model")
        == .path(.init(written: "default", resolved: "/models/sdxl", folder: "here")))
    #expect(
      result.constant("b", "model")
        == .path(.init(written: "sd1", resolved: "here/sd1", folder: "here")))
  }
}

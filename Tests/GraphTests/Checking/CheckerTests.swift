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
    #expect(result.graph?.inputs.compactMap(\.value?.display) == ["32", "0.0", "mine/dog-8x8.png"])
  }

  private static let settings: [(String, String, DiagnosticCode, String)] = [
    ("side", "wide", DiagnosticCode.typeMismatch, "--set side=wide: `side` takes an int"),
    ("strength", "2", .outOfRange, "--set strength=2: `strength` cannot be 2"),
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
    let graph = check(text, purpose: .inspection).graph
    #expect(graph?.inputs.map(\.name) == ["image", "side"])
    #expect(graph?.inputs.compactMap(\.value).isEmpty == true)
    #expect(check(text, purpose: .run).codes == [.missingInput, .missingInput])
  }

  /// A text that begins with a path input goes on from there; any other is relative to the graph.
  @Test func interpolatedPathsAreResolved() {
    let text = """
      easel: 1
      inputs: { folder: { type: path, default: in }, size: 64x32 }
      nodes:
        a: { uses: load-image, path: "${folder}/cat-${size}.png" }
        b: { uses: load-image, path: "in/cat-${size}.png" }
        c: { uses: load-checkpoint, model: "${folder}/what?" }
      outputs: { image: "${a}" }
      """
    let checker = Checker(
      catalog: testCatalog, reader: .memory(["here/graph.yaml": Array(text.utf8)]))
    let result = checker.check("here/graph.yaml", overrides: [("folder", "there")])
    #expect(result.codes == [.unreadableFile])
    let sound = Array(text.replacing("what?", with: "sd1").utf8)
    let paths = Checker(catalog: testCatalog, reader: .memory(["here/graph.yaml": sound]))
      .check("here/graph.yaml", overrides: [("folder", "there")])
    #expect(
      paths.constant("a", "path")
        == .path(.init(written: "there/cat-64x32.png", resolved: "there/cat-64x32.png")))
    #expect(
      paths.constant("b", "path")
        == .path(
          .init(written: "in/cat-64x32.png", resolved: "here/in/cat-64x32.png", folder: "here")))
  }

  @Test func missingFilesAreFindings() {
    let result = Checker(catalog: testCatalog).check("/no/such/graph.yaml")
    #expect(result.diagnostics.map(\.message) == ["`/no/such/graph.yaml` does not exist"])
    let text = DiagnosticRenderer(sources: result.sources).text(result.diagnostics[0])
    #expect(text.hasPrefix("/no/such/graph.yaml:1:1: error[unreadable-file]"))
  }

  @Test func findingsAreLimited() {
    let ports = (0..<600).map { "    p\($0): 1\n" }.joined()
    let nodes = "  a:\n    uses: load-image\n    path: a.png\n" + ports
    let extra = (0..<600).map { "k\($0): 1\n" }.joined()
    let result = check("easel: 1\n\(extra)nodes:\n\(nodes)outputs: { image: \"${a}\" }\n")
    #expect(result.codes.count == 501)
    #expect(result.codes.last == .tooManyFindings)
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

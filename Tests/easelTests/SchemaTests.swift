import Foundation
import Testing

extension ProgramTests {
  /// The schema of graphs, judged by a validator that is not ours.
  struct SchemaTests {
    @Test func theSchemaInTheRepositoryIsUpToDate() throws {
      try withFolder { program in
        try Recording.expect(try program.easel("schema").output, in: "Docs/easel.schema.json")
      }
    }

    @Test func everyGraphInTheRepositoryIsValid() throws {
      try withFolder { program in
        let graphs =
          try program.files(in: Program.root.appending(path: "Graphs"))
          + program.files(in: Program.root.appending(path: "Examples"))
        let files = graphs.map(\.path).filter { $0.hasSuffix(".yaml") }
        #expect(files.count >= 2)
        try expectValid(files, in: program)
      }
    }

    /// What the checker takes, the schema takes. The graphs of the corpus are for kinds of node that only
    /// look like the real ones, and name pictures that are not there.
    @Test func whatTheCheckerTakesIsValid() throws {
      try withFolder { program in
        let corpus = Program.root.appending(path: "Tests/GraphTests/Corpus/valid")
        let files = try program.files(in: corpus).map(\.path).filter { file in
          let findings = try program.easel("check", file, "--format", "json").events()
          return findings.allSatisfy { finding in
            let code = finding["code"] as? String
            return finding["severity"] as? String == "warning" || code == "unreadable-file"
          }
        }
        #expect(files.count >= 3)
        try expectValid(files, in: program)
      }
    }

    @Test(arguments: DocumentationTests.pages) func graphsOfTheDocumentationAreValid(
      page: String
    ) throws {
      try withFolder { program in
        let text = try String(contentsOf: Program.root.appending(path: page), encoding: .utf8)
        let graphs = DocumentationTests.blocks(of: text).filter {
          $0.language == "yaml" && $0.lines.contains { $0.hasPrefix("easel: 1") }
        }
        let files = try graphs.enumerated().map { index, graph in
          try program.write(graph.lines.joined(separator: "\n"), to: "\(index).yaml")
          return "\(index).yaml"
        }
        if !files.isEmpty { try expectValid(files, in: program) }
      }
    }

    /// A graph with every part of the language.
    @Test func everyPartOfTheLanguageIsValid() throws {
      try withFolder { program in
        try program.write(Self.everything, to: "graph.yaml")
        try expectValid(["graph.yaml"], in: program)
      }
    }

    /// Every type of the schema is one of the language.
    @Test func everyTypeIsKnown() throws {
      try withFolder { program in
        let schema = try #require(try program.schema())
        let definitions = try #require(schema["$defs"] as? [String: Any])
        let type = try #require(definitions["type"] as? [String: Any])
        let words = try #require(type["anyOf"] as? [[String: Any]]).compactMap {
          $0["const"] as? String
        }
        #expect(words.contains("int") && words.contains("detector"))
        let inputs = words.map { word in
          let extra = word == "choice" ? ", choices: [a, b]" : ""
          return "  \(word)-input: { type: \(word)\(extra) }"
        }
        let text = """
          easel: 1
          inputs:
          \(inputs.joined(separator: "\n"))
          nodes: { checkpoint: { uses: load-checkpoint } }
          outputs: { words: "${int-input}" }
          """
        try program.write(text, to: "graph.yaml")
        let result = try program.easel("check", "graph.yaml")
        #expect(result.status == 0, "\(result.output)")
        try expectValid(["graph.yaml"], in: program)
      }
    }

    @Test func brokenGraphsAreNot() throws {
      try withFolder { program in
        try program.write(Self.small, to: "valid.yaml")
        let files = try Self.broken.enumerated().map { index, broken in
          let text = Self.small.replacing(broken.part, with: broken.replacement)
          #expect(text != Self.small, "\(broken.name)")
          try program.write(text, to: "\(index).yaml")
          return "\(index).yaml"
        }
        let result = try program.validate(["valid.yaml"] + files)
        #expect(result.status == 1, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "valid.yaml: valid")
        for (broken, file) in zip(Self.broken, files) {
          let found = lines.filter { $0.hasPrefix(file) }
          let place = broken.place.isEmpty ? "$" : "$." + broken.place
          #expect(
            found.contains { $0.hasPrefix("\(file):\(place): ") }, "\(broken.name): \(found)")
        }
      }
    }

    private func expectValid(_ files: [String], in program: Program) throws {
      let result = try program.validate(files)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      #expect(result.output.split(separator: "\n").map(String.init) == files.map { "\($0): valid" })
    }
  }
}

extension Program {
  fileprivate func validate(_ graphs: [String]) throws -> Result {
    let schema = try easel("schema").output
    try write(schema, to: "easel.schema.json")
    let script = Program.root.appending(path: "Scripts/validate-graphs.py").path
    return try run(URL(filePath: "/usr/bin/python3"), [script, "easel.schema.json"] + graphs)
  }

  fileprivate func schema() throws -> [String: Any]? {
    let text = try easel("schema").output
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }
}

/// A graph with one mistake, and where the mistake is.
private struct Broken {
  var name: String
  var part: String
  var replacement: String
  var place: String

  init(_ name: String, _ part: String, _ replacement: String, at place: String) {
    self.name = name
    self.part = part
    self.replacement = replacement
    self.place = place
  }
}

extension ProgramTests.SchemaTests {
  private static let broken = [
    Broken("an unknown node", "uses: resize-image", "uses: resize-imag", at: "nodes.a.uses"),
    Broken("an unknown port", "width: 64", "width: 64, hight: 3", at: "nodes.a"),
    Broken("an unknown key", "inputs:", "input:", at: ""),
    Broken("a number out of range", "width: 64", "width: 0", at: "nodes.a.width"),
    Broken("a float for an int", "width: 64", "width: 6.5", at: "nodes.a.width"),
    Broken("a number in quotes", "width: 64", "width: '64'", at: "nodes.a.width"),
    Broken("a wrong choice", "fit: cover", "fit: covers", at: "nodes.a.fit"),
    Broken("a port that is missing", ", height: 48", "", at: "nodes.a"),
    Broken("a constant for an image", "image: \"${p}\"", "image: p", at: "nodes.a.image"),
    Broken("a colour that is none", "'#fff'", "white", at: "nodes.a.background"),
    Broken("a graph without a folder", "./b.yaml", "b.yaml", at: "nodes.b.uses"),
    Broken("an upper-case name", "  b:", "  B:", at: "nodes"),
    Broken(
      "an expression for a default", "default: 3", "default: '${n}'", at: "inputs.n.default"),
    Broken("a default of another type", "default: 3", "default: three", at: "inputs.n.default"),
    Broken("limits of a text", "type: int, default: 3", "type: text", at: "inputs.n.min"),
    Broken("a choice without words", "choices: [x]", "about: x", at: "inputs.c"),
    Broken("no type", "about: It., type: path", "about: It.", at: "inputs.d"),
    Broken("another version", "easel: 1", "easel: 2", at: "easel"),
    Broken("no outputs", "{ image: \"${a}\" }", "{}", at: "outputs"),
    Broken("each of no list", "{ text: [x, 1] }", "{ text: x }", at: "nodes.e.each.text"),
    Broken("when it is so", "when: true", "when: yes", at: "nodes.e.when"),
  ]

  private static let small = """
    easel: 1
    inputs:
      n: { type: int, default: 3, min: 1 }
      c: { type: choice, choices: [x] }
      d: { about: It., type: path }
    nodes:
      p: { uses: load-image, path: picture.png }
      a: { uses: resize-image, image: "${p}", width: 64, height: 48, fit: cover, background: '#fff' }
      b: { uses: ./b.yaml, anything: 3 }
      k: { uses: load-checkpoint }
      e: { uses: encode-text, encoder: "${k.encoder}", each: { text: [x, 1] }, when: true }
    outputs: { image: "${a}" }
    """

  private static let everything = """
    easel: 1
    title: On
    about: yes
    allow: [unused-node]
    inputs:
      bare: 010
      truth: off
      list: [1, 2.5]
      empty: ""
      dollars: costs $${x}, $5
      seeds: { type: list<seed>, default: [1, 2] }
      size: { type: size, default: { width: 32, height: 16 } }
      photo: { type: image<64x64>, about: "A picture: any." }
      word: { choices: [on, 1], default: on }
      draft: { default: false }
    nodes:
      c: { uses: load-checkpoint, model: default, about: Where it begins. }
      p:
        uses: encode-text
        allow: [unused-node]
        encoder: ${c.encoder}
        each: { text: [one, "${word}"], zip: { a: "${seeds}", b: [1, 2] } }
      q: { uses: encode-text, encoder: "${c.encoder}", text: 5, when: "${draft && len(word) > 1}" }
      l: { uses: empty-latent, width: "${max(64, bare)}" }
      s:
        uses: sample
        model: ${c.model}
        positive: ${q ?? p}
        latent: >-
          ${
            l
          }
        cfg: 5
        sampler: ${word}
        each: { zip: { seed: "${seeds}", denoise: [0.2, 0.4] } }
      g: { uses: graphs/text-to-image, prompt: ["${word}"], width: 64, when: false, each: { seed: [1] } }
      r: { uses: resize-image, image: "${photo}", width: 5, height: 5, background: "#${word}" }
    outputs:
      both: ["${s}", "${r}"]
      words: ${word} and more
      number: 3
    """
}

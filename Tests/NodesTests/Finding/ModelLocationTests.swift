import Foundation
import Testing

@testable import Nodes

/// What a port takes for a model, in graphs.
struct ModelLocationTests {
  private let places: ModelPlaces

  init() throws {
    places = try ModelPlaces()
    try places.addCheckpoint("models/checkpoints/xl/drawn")
    try places.addCheckpoint(try places.addRepository("org/drawn", commit: "abc"))
    try places.add("models/loras/ink.safetensors")
  }

  private func check(_ model: String) -> Checking {
    ModelLocation.$search.withValue(places.search("models")) {
      Checking(
        """
          checkpoint: { uses: load-checkpoint, model: "\(model)" }
          text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: hello }
        outputs: { text: "${text}" }

        """)
    }
  }

  @Test(arguments: ["default", "drawn", "xl/drawn", "org/drawn", "org/drawn@abc"])
  func aNameIsAModel(name: String) {
    let check = check(name)
    #expect(check.findings == [])
    #expect(check.type(of: "text", "conditioning") == "conditioning<sdxl>")
  }

  @Test func aDigestIsAModel() throws {
    let path = places.path("models/checkpoints/xl/drawn")
    let digest = try places.search("models").digests().digest(of: path).description
    #expect(check("sha256:\(digest.prefix(12))").findings == [])
  }

  @Test(arguments: [
    ("drwan", "there is no checkpoint `drwan`: no file drwan, "),
    ("ink", "`ink` (FOLDER/models/loras/ink.safetensors) is of the kind lora, but "),
    ("org/none", "there is no checkpoint `org/none`: no file org/none, "),
    ("org/drawn@v9", "the cache has no revision `v9` of org/drawn, but `main`, `abc`"),
    ("sha256:12", "`sha256:12` must have 8 to 64 hexadecimal digits behind the colon; "),
    ("sha256:12345678", "no checkpoint in FOLDER/models, FOLDER/hub is known to have the digest "),
    ("", "there is no checkpoint ``"),
  ])
  func whatNamesNothingIsAFinding(name: String, message: String) {
    let findings = check(name).findings
    let expected = message.replacing("FOLDER", with: places.folder)
    #expect(findings.count == 1)
    #expect(findings.first?.contains(expected) == true, "\(findings)")
  }

  @Test func aPathIsMeantBeforeAName() throws {
    try places.addCheckpoint("graphs/xl/drawn")
    try ModelLocation.$search.withValue(places.search("models")) {
      let graphs = places.path("graphs")
      #expect(try ModelLocation.locate("xl/drawn", in: graphs) == graphs + "/xl/drawn")
      #expect(
        try ModelLocation.locate("drawn", in: graphs) == places.path("models/checkpoints/xl/drawn"))
      #expect(try ModelLocation.locate("./drawn", in: graphs) == graphs + "/./drawn")
      #expect(try ModelLocation.locate("/drawn", in: graphs) == "/drawn")
      let ink = try ModelLocation.of(.lora)("ink", graphs)
      #expect(ink == places.path("models/loras/ink.safetensors"))
      #expect(try ModelLocation.of(nil)("ink", graphs) == ink)
    }
  }
}

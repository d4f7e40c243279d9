import Foundation
import Testing

@testable import Engine
@testable import Nodes

/// Models picked by what is in them.
struct ModelDigestTests {
  private let places: ModelPlaces

  init() throws {
    places = try ModelPlaces()
    for name in ["a", "b", "c"] { try places.add("models/loras/\(name).safetensors", name) }
    try places.add("models/loras/again.safetensors", "b")
  }

  private func digest(_ text: String) -> String { Hash256(of: Array(text.utf8)).description }

  @Test(arguments: [8, 10, 64]) func theBeginningOfADigestPicks(length: Int) throws {
    let prefix = digest("b").prefix(length)
    for written in [String(prefix), prefix.uppercased()] {
      let model = try places.search("models").pick(written, .lora)
      #expect(try String(contentsOfFile: model.path, encoding: .utf8) == "b")
    }
  }

  @Test func whatIsRememberedIsNotReadAndNothingElseEither() throws {
    let digests = FileDigests()
    _ = try digests.digest(of: places.path("models/loras/c.safetensors"))
    let search = places.search("models", digests: digests)
    #expect(try search.pick(digest("c"), .lora).name == "c.safetensors")
    #expect(digests.remembered(of: places.path("models/loras/a.safetensors")) == nil)
  }

  @Test func whereNothingMayBeReadItIsSaidWhatWouldHelp() throws {
    let search = places.search("models", hashes: false)
    #expect(
      throws: ModelLookupError.noDigest(
        prefix: digest("a"), kind: .lora, places: search.places, unread: 4)
    ) { try search.pick(digest("a"), .lora) }
  }

  @Test func aDigestThatNobodyHasIsSaid() throws {
    let search = places.search("models")
    #expect(
      throws: ModelLookupError.noDigest(
        prefix: "00000000", kind: .lora, places: search.places, unread: 0)
    ) { try search.pick("00000000", .lora) }
    #expect(throws: ModelLookupError.self) { try search.pick(digest("a"), .vae) }
  }

  @Test(arguments: ["", "1234567", "12345678z", String(repeating: "a", count: 65)])
  func whatIsNoDigestIsRefused(text: String) throws {
    #expect(throws: ModelLookupError.malformedDigest(text)) {
      try places.search("models").pick(text, .lora)
    }
  }

  @Test func aPrefixOfTwoContentsIsAmbiguous() throws {
    let table = FileTable(path: places.path("table")) { [places] in places.path("new-table") }
    // Nobody finds two such files: they are made up.
    let digests = ["1", "2"].map { String(repeating: "0", count: 63) + $0 }
    let entries = try zip(["a", "c"], digests).map { name, digest in
      let path = Files.realPath(places.path("models/loras/\(name).safetensors"))
      let hash = try #require(Hash256(hex: digest))
      return (path, FileTable.Entry(stamp: try Files.stamp(of: path), digest: hash, hashed: .max))
    }
    try table.save(Dictionary(uniqueKeysWithValues: entries))
    let search = places.search("models", digests: FileDigests(table: table))
    #expect(
      throws: ModelLookupError.ambiguous(
        name: "sha256:00000000", candidates: digests.map { "sha256:" + $0 })
    ) { try search.pick("00000000", .lora) }
  }
}

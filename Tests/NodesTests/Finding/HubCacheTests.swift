import Foundation
import Testing

@testable import Nodes

/// The Hugging Face cache.
struct HubCacheTests {
  private let places: ModelPlaces

  init() throws { places = try ModelPlaces() }

  private func find(_ name: String) throws -> String {
    let path = try places.search().find(name, .checkpoint, path: name).path
    return String(path.dropFirst(places.folder.count + 1))
  }

  @Test func aRepositoryMeansTheModelOfItsMainSnapshot() throws {
    let snapshot = try places.addRepository(
      "org/drawn--v2", commit: "abc123", refs: ["main", "v1"])
    try places.addCheckpoint(snapshot)
    for name in ["org/drawn--v2", "org/drawn--v2@main", "org/drawn--v2@v1", "org/drawn--v2@abc1"] {
      #expect(try find(name) == snapshot)
    }
    #expect(try find("org/drawn--v2/vae") == snapshot + "/vae")
    #expect(try places.search().models().map(\.name) == ["org/drawn--v2"])
  }

  @Test func aRevisionThatIsNotThereIsSaidWithThoseThatAre() throws {
    try places.addCheckpoint(try places.addRepository("org/drawn", commit: "abc123"))
    #expect(
      throws: ModelLookupError.noSnapshot(
        repository: "org/drawn", revision: "fp16", known: ["main", "abc123"])
    ) { try find("org/drawn@fp16") }
  }

  @Test func filesAreLinksIntoBlobs() throws {
    let snapshot = try places.addRepository("org/lora", commit: "abc")
    try places.add("hub/models--org--lora/blobs/1234", "weights")
    try places.add(snapshot + "/README.md")
    try symbolicLink(at: places.path(snapshot + "/ink.safetensors"), to: "../../blobs/1234")
    for name in ["org/lora", "org/lora/ink", "org/lora/ink.safetensors"] {
      #expect(try find(name) == snapshot + "/ink.safetensors")
    }
  }

  @Test func ofSeveralFilesOneMustBeNamed() throws {
    let snapshot = try places.addRepository("org/loras", commit: "abc")
    for file in ["a", "sub/b"] { try places.add("\(snapshot)/\(file).safetensors") }
    #expect(
      throws: ModelLookupError.ambiguous(
        name: "org/loras", candidates: ["org/loras/a.safetensors", "org/loras/sub/b.safetensors"])
    ) { try find("org/loras") }
    #expect(try find("org/loras/sub/b") == snapshot + "/sub/b.safetensors")
    #expect(
      throws: ModelLookupError.noFile(
        repository: "org/loras", file: "c", known: ["a.safetensors", "sub/b.safetensors"])
    ) { try find("org/loras/c") }
  }

  @Test func aDownloadWithoutAModelIsSaid() throws {
    let snapshot = try places.addRepository("org/text", commit: "abc")
    try places.add(snapshot + "/README.md")
    #expect(
      throws: ModelLookupError.noModel(repository: "org/text", folder: places.path(snapshot))
    ) { try find("org/text") }
    #expect(throws: ModelLookupError.self) { try find("org/other") }
  }

  @Test(arguments: [
    (["HF_HUB_CACHE": "/a", "HF_HOME": "/b"], "/a"), (["HF_HOME": "/b", "HOME": "/c"], "/b/hub"),
    (["HF_HUB_CACHE": "", "XDG_CACHE_HOME": "/x"], "/x/huggingface/hub"),
    (["HOME": "/c"], "/c/.cache/huggingface/hub"), ([:], nil),
  ])
  func theEnvironmentSaysWhereItIs(environment: [String: String], folder: String?) {
    #expect(HubCache(environment: environment)?.folder == folder)
  }

  @Test(arguments: ["", "name", "/org/name", "./name", "../name", "org/", "org//name", "org/@main"])
  func otherTextsNameNoRepository(text: String) {
    #expect(HubReference(text) == nil)
  }
}

/// Makes a symbolic link.
func symbolicLink(at path: String, to target: String) throws {
  try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}

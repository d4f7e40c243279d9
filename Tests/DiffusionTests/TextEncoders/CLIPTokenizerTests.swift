import DefaultModel
import FoundationEssentials
import Testing

@testable import Diffusion

@Suite struct CLIPTokenizerTests {
  struct Sample: Decodable {
    let text: String
    let ids: [String: [Int]]
  }

  static let folders = [
    ("default/tokenizer", (DefaultModel.path ?? "") + "/tokenizer"),
    ("default/tokenizer_2", (DefaultModel.path ?? "") + "/tokenizer_2"),
    ("trained", Fixtures.path("vocabularies/trained")),
  ]

  @Test(arguments: folders)
  func tokensAreThoseOfTransformers(_ name: String, _ folder: String) throws {
    let tokenizer = try CLIPTokenizer(folder: folder, positions: 77)
    let data = try readFile(Fixtures.path("tokens.json"), hint: "Scripts/reference writes it")
    let samples = try JSONDecoder().decode([Sample].self, from: data)
    #expect(samples.count > 50)
    for sample in samples {
      #expect(tokenizer(sample.text) == sample.ids[name], "\(sample.text.debugDescription)")
    }
  }

  @Test func aLongPromptIsCutAndKeepsItsEnd() throws {
    let tokenizer = try CLIPTokenizer(folder: Self.folders[0].1, positions: 77)
    let tokens = tokenizer(String(repeating: "a portrait ", count: 10_000))
    #expect(tokens.count == 77)
    #expect(tokens.last == tokenizer.end)
  }

  @Test func aWordOfAMegabyteDoesNotHang() throws {
    let tokenizer = try CLIPTokenizer(folder: Self.folders[0].1, positions: 77)
    #expect(tokenizer(String(repeating: "ab", count: 500_000)).count == 77)
  }

  @Test func fewerPositionsMeanFewerTokens() throws {
    let tokenizer = try CLIPTokenizer(folder: Self.folders[0].1, positions: 16)
    #expect(tokenizer("a smiling person").count == 16)
  }
}

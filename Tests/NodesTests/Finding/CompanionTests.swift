import Diffusion
import Tensor
import Testing

@testable import Nodes

/// The models that come beside the default one.
struct CompanionTests {
  private let places: ModelPlaces

  init() throws { places = try ModelPlaces() }

  /// Kinds, names, and places in the folder of the companions.
  private static let companions: [(ModelKind, String, String)] = [
    (.upscaler, "default", "upscale_models/default.safetensors"),
    (.detector, "default", "detectors/default.safetensors"),
    (.controlnet, "default-edges", "controlnet/default-edges"),
    (.controlnet, "default-tile", "controlnet/default-tile"),
    (.lora, "default-night", "loras/default-night.safetensors"),
    (.lora, "default-lcm", "loras/default-lcm.safetensors"),
  ]

  @Test(arguments: companions)
  func aCompanionIsFoundByItsName(kind: ModelKind, name: String, file: String) throws {
    let path = try ModelLocation.of(kind)(name, places.folder)
    #expect(path.hasSuffix("/companions/" + file))
    let weights = path.hasSuffix(".safetensors") ? "" : "/diffusion_pytorch_model.safetensors"
    let header = try SafetensorsHeader(readingFrom: path + weights)
    #expect(header.tensors.values.allSatisfy { $0.dtype == .float16 })
  }

  @Test func aFileThatIsCalledSoHidesNone() throws {
    try places.add("models/upscale_models/default.safetensors")
    let search = ModelSearch(environment: ["EASEL_MODELS": places.path("models")])
    let found = try search.find("default", .upscaler, path: "default")
    #expect(found.path.contains("/companions/"))
  }

  @Test func withoutItsFolderThereIsNone() throws {
    let search = places.search("models")
    #expect(throws: ModelLookupError.self) {
      try search.find("default", .upscaler, path: "default")
    }
  }

  @Test func aDetectorIsKnownByItsTensors() throws {
    let path = try ModelLocation.of(.detector)("default", "")
    #expect(ModelFacts(of: path).kind == .detector)
  }
}

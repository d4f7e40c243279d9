import Diffusion
import Graph
import Testing

@testable import Nodes

/// ComfyUI's `extra_model_paths.yaml`.
struct ExtraModelPathsTests {
  private let places: ModelPlaces

  init() throws { places = try ModelPlaces() }

  private static let text = """
    # Rename this to extra_model_paths.yaml
    a111:
        base_path: ../webui/
        checkpoints: models/Stable-diffusion
        configs: models/Stable-diffusion
        loras: |
             models/Lora
             models/LyCORIS
    central:
        base_path: ../central
        is_default: true
        checkpoints: checkpoints/
    empty:
    other_ui:
        vae: vaes

    """

  private func add(_ files: String...) throws {
    for file in files { try places.add(file + ".safetensors") }
  }

  @Test(arguments: ["ComfyUI", "ComfyUI/models"]) func itsFoldersAreSearched(root: String) throws {
    try places.add("ComfyUI/extra_model_paths.yaml", Self.text)
    try add(
      "ComfyUI/models/checkpoints/a", "webui/models/Stable-diffusion/b", "webui/models/Lora/c",
      "webui/models/LyCORIS/d", "ComfyUI/vaes/e")
    let search = places.search(root)
    for (name, kind) in [
      ("a", ModelKind.checkpoint), ("b", .checkpoint), ("c", .lora), ("d", .lora), ("e", .vae),
    ] {
      #expect(throws: Never.self) { try search.find(name, kind, path: name) }
    }
  }

  @Test func defaultsComeFirstAndOthersLast() throws {
    try places.add("ComfyUI/extra_model_paths.yaml", Self.text)
    try add(
      "central/checkpoints/a", "ComfyUI/models/checkpoints/a", "webui/models/Stable-diffusion/a",
      "ComfyUI/models/checkpoints/b", "webui/models/Stable-diffusion/b")
    let search = places.search("ComfyUI")
    func path(_ name: String) throws -> String {
      try search.find(name, .checkpoint, path: name).path
    }
    #expect(try path("a") == places.path("central/checkpoints/a.safetensors"))
    #expect(try path("b") == places.path("ComfyUI/models/checkpoints/b.safetensors"))
  }

  @Test func whatIsNoYAMLIsSaidWithItsPlace() throws {
    try places.add("models/extra_model_paths.yaml", "a: [\n")
    let error = #expect(throws: UnreadableYAML.self) {
      try places.search("models").find("a", .lora, path: "a")
    }
    #expect(error?.place.hasPrefix(places.path("models/extra_model_paths.yaml:")) == true)
    try places.add("models/extra_model_paths.yaml", "just words\n")
    #expect(throws: UnreadableYAML.self) { try places.search("models").models() }
  }

  @Test(arguments: [
    ("~/models", "/home/me/models"), ("~", "/home/me"), ("$DISK/a", "/disk/a"),
    ("${DISK}s/a", "/disks/a"), ("$NOTHING/a", "$NOTHING/a"), ("/a~b", "/a~b"),
  ])
  func namesOfTheEnvironmentArePutIn(path: String, expanded: String) {
    let environment = ["HOME": "/home/me", "DISK": "/disk"]
    #expect(ExtraModelPaths.expanded(path, environment) == expanded)
  }
}

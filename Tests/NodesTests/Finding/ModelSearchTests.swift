import Diffusion
import Engine
import Graph
import Testing

@testable import Nodes

/// Names looked up in folders.
struct ModelSearchTests {
  private let places: ModelPlaces

  init() throws { places = try ModelPlaces() }

  private func find(
    _ name: String, _ kind: ModelKind? = .checkpoint, in search: ModelSearch
  ) throws -> String {
    let path = try search.find(name, kind, path: name).path
    return path.hasPrefix(places.folder) ? String(path.dropFirst(places.folder.count + 1)) : path
  }

  @Test(arguments: [
    ("painter", ModelKind.checkpoint, "models/checkpoints/painter.safetensors"),
    ("painter.safetensors", .checkpoint, "models/checkpoints/painter.safetensors"),
    ("xl/base", .checkpoint, "models/checkpoints/xl/base.safetensors"),
    ("base", .checkpoint, "models/checkpoints/xl/base.safetensors"),
    ("folder", .checkpoint, "models/diffusers/folder"),
    ("ink", .lora, "models/loras/style/ink.safetensors"),
    ("style/ink.safetensors", .lora, "models/loras/style/ink.safetensors"),
    ("painter", .lora, "models/loras/painter.safetensors"),
    ("canny", .controlnet, "models/controlnet/canny.safetensors"),
    ("sharp", .vae, "models/vae/sharp.safetensors"),
    ("taesd", .vae, "models/vae_approx/taesd.safetensors"),
    ("painter", .vae, "models/checkpoints/painter.safetensors"),
    ("easynegative", .embedding, "models/embeddings/easynegative.safetensors"),
    ("clip_l", .textEncoder, "models/clip/clip_l.safetensors"),
    ("clip_g", .textEncoder, "models/text_encoders/clip_g.safetensors"),
    ("unet", .unet, "models/diffusion_models/unet.safetensors"),
    ("old-unet", .unet, "models/unet/old-unet.safetensors"),
    ("4x", .upscaler, "models/upscale_models/4x.safetensors"),
    ("loose", .checkpoint, "models/loose.safetensors"),
    ("loose", .lora, "models/loose.safetensors"),
  ])
  func namesAreLookedUpByKindInATree(name: String, kind: ModelKind, path: String) throws {
    for file in [
      "checkpoints/painter", "checkpoints/xl/base", "loras/style/ink", "loras/painter",
      "controlnet/canny", "vae/sharp", "vae_approx/taesd", "embeddings/easynegative", "clip/clip_l",
      "text_encoders/clip_g", "diffusion_models/unet", "unet/old-unet", "upscale_models/4x",
      "loose",
    ] {
      try places.add("models/\(file).safetensors")
    }
    try places.addCheckpoint("models/diffusers/folder")
    #expect(try find(name, kind, in: places.search("models")) == path)
  }

  @Test func foldersAreSearchedInTheirOrder() throws {
    try places.add("first/painter.safetensors")
    try places.add("second/checkpoints/painter.safetensors")
    try places.add("second/checkpoints/other.safetensors")
    #expect(
      try find("painter", in: places.search("first", "second")) == "first/painter.safetensors")
    #expect(
      try find("painter", in: places.search("second", "first"))
        == "second/checkpoints/painter.safetensors")
    #expect(
      try find("other", in: places.search("first", "nowhere", "second"))
        == "second/checkpoints/other.safetensors")
  }

  @Test func aFlatFolderHasModelsOfAnyKind() throws {
    try places.add("flat/b.safetensors")
    try places.add("flat/deep/er/c.safetensors")
    try places.addCheckpoint("flat/drawn")
    let search = places.search("flat")
    #expect(try find("b", .lora, in: search) == "flat/b.safetensors")
    #expect(try find("deep/er/c", .vae, in: search) == "flat/deep/er/c.safetensors")
    #expect(try find("drawn", in: search) == "flat/drawn")
    #expect(try find("drawn", in: places.search("flat/drawn")) == "flat/drawn")
  }

  @Test func theFoldersOfProgramsAreKnown() throws {
    try places.add("ComfyUI/models/loras/a.safetensors")
    try places.add("ComfyUI/output/b.safetensors")
    try places.add("webui/models/Stable-diffusion/c.safetensors")
    try places.add("webui/models/Lora/d.safetensors")
    try places.add("webui/embeddings/e.safetensors")
    let search = places.search("ComfyUI", "webui")
    #expect(try find("a", .lora, in: search) == "ComfyUI/models/loras/a.safetensors")
    #expect(try find("c", in: search) == "webui/models/Stable-diffusion/c.safetensors")
    #expect(try find("d", .lora, in: search) == "webui/models/Lora/d.safetensors")
    #expect(try find("e", .embedding, in: search) == "webui/embeddings/e.safetensors")
    #expect(throws: ModelLookupError.self) { try find("b", in: search) }
  }

  @Test func severalModelsOfANameAreAnError() throws {
    for file in ["a/ink", "b/ink"] { try places.add("models/loras/\(file).safetensors") }
    let search = places.search("models")
    #expect(
      throws: ModelLookupError.ambiguous(
        name: "ink", candidates: ["a/ink.safetensors", "b/ink.safetensors"])
    ) { try find("ink", .lora, in: search) }
    #expect(try find("b/ink", .lora, in: search) == "models/loras/b/ink.safetensors")
  }

  @Test func twoNamesOfOneFileAreNoAmbiguity() throws {
    try places.addCheckpoint("flat/a/drawn")
    try places.addCheckpoint("flat/b/drawn")
    #expect(try find("drawn", in: places.search("flat")) == "flat/a/drawn")
  }

  @Test func aWholeNameIsMeantBeforeTheEndOfAnother() throws {
    for file in ["ink", "old/ink"] { try places.add("models/loras/\(file).safetensors") }
    #expect(try find("ink", .lora, in: places.search("models")) == "models/loras/ink.safetensors")
  }

  @Test func aPickleIsFoundWhereThereIsNothingElse() throws {
    for file in ["a.ckpt", "a.safetensors", "b.pt"] { try places.add("models/checkpoints/\(file)") }
    let search = places.search("models")
    #expect(try find("a", in: search) == "models/checkpoints/a.safetensors")
    #expect(try find("a.ckpt", in: search) == "models/checkpoints/a.ckpt")
    #expect(try find("b", in: search) == "models/checkpoints/b.pt")
  }

  @Test func whatIsNotFoundIsSaidWithWhatIsNear() throws {
    try places.add("models/checkpoints/xl/dreamer.safetensors")
    try places.add("models/vae/sharp.safetensors")
    let search = places.search("models")
    #expect(
      throws: ModelLookupError.notFound(
        name: "draemer", kind: .checkpoint, path: "draemer",
        places: [places.path("models"), places.path("hub")], nearest: "dreamer")
    ) { try find("draemer", in: search) }
    #expect(
      throws: ModelLookupError.otherKind(
        name: "sharp", kind: .checkpoint, found: .vae,
        path: places.path("models/vae/sharp.safetensors"))
    ) { try find("sharp", in: search) }
  }

  @Test func circlesOfLinksEnd() throws {
    try places.add("flat/a/b.safetensors")
    try symbolicLink(at: places.path("flat/a/again"), to: "..")
    #expect(try places.search("flat").models().contains { $0.name == "a/b.safetensors" })
  }

  @Test func everyModelIsListedByANameThatFindsIt() throws {
    for file in [
      "checkpoints/a", "checkpoints/xl/a", "checkpoints/b", "loras/b", "loras/c.x",
    ] {
      try places.add("models/\(file).safetensors")
    }
    try places.add("models/checkpoints/b.ckpt")
    try places.add("second/checkpoints/a.safetensors")
    let search = places.search("models", "second")
    let named = try search.namedModels()
    for (model, name) in named where !name.hasPrefix("/") {
      #expect(try search.find(name, model.kind, path: name) == model)
    }
    #expect(
      named.map(\.name) == [
        "a", "b.ckpt", "b", "xl/a", "b", "c.x", places.path("second/checkpoints/a.safetensors"),
      ])
  }
}

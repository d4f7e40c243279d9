import Engine

/// Every node that Easel has, by subject.
public let library = NodeLibrary([
  .init(
    "Models",
    [
      LoadCheckpoint.self, LoadUNet.self, LoadVAE.self, LoadTextEncoder.self, LoadLoRA.self,
    ]),
  .init(
    "Text",
    [EncodeText.self, SetSizes.self, LoadEmbedding.self, ApplyStyle.self, ExpandPrompt.self]),
  .init("Sampling", [Sample.self]),
  .init("Latents", [EmptyLatent.self, EncodeImage.self, DecodeLatent.self]),
  .init("Images", [LoadImage.self, ResizeImage.self, ImageGrid.self]),
  .init("Lists", [Pick.self, Count.self]),
])

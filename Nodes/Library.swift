import Engine

/// Every node that Easel has, by subject.
public let library = NodeLibrary([
  .init(
    "Models",
    [
      LoadCheckpoint.self, LoadUNet.self, LoadVAE.self, LoadTextEncoder.self, LoadLoRA.self,
      RescaleCFG.self, LimitCFG.self, SetImageCFG.self, SetPrediction.self,
    ]),
  .init(
    "Text",
    [EncodeText.self, SetSizes.self, LoadEmbedding.self, ApplyStyle.self, ExpandPrompt.self]),
  .init(
    "Conditioning",
    [
      CombineConditioning.self, ConcatConditioning.self, AverageConditioning.self,
      ConditioningArea.self, ConditioningMask.self, ConditioningRange.self, ZeroConditioning.self,
      InpaintConditioning.self, Pix2PixConditioning.self,
    ]),
  .init(
    "Control",
    [
      LoadControlNet.self, ApplyControlNet.self, CannyEdges.self, Sketch.self, Binarize.self,
      TileBlur.self,
    ]),
  .init(
    "Sampling",
    [
      Sample.self, SampleAdvanced.self, MakeSigmas.self, SplitSigmas.self, JoinSigmas.self,
      ScaleSigmas.self, ShowSigmas.self, InpaintWindows.self,
    ]),
  .init("Noise", [MakeNoise.self, OffsetNoise.self, PyramidNoise.self, MixNoise.self]),
  .init(
    "Latents",
    [
      EmptyLatent.self, EncodeImage.self, EncodeImages.self, DecodeLatent.self, DecodeLatents.self,
      PickLatent.self, JoinLatents.self, RepeatLatent.self, FillLatent.self,
    ]),
  .init(
    "Images",
    [
      LoadImage.self, ListImages.self, ResizeImage.self, CropImage.self, PadImage.self,
      RotateImage.self, FlipImage.self, CompositeImages.self, MatchColors.self, AdjustLevels.self,
      SharpenImage.self, BlurImage.self, CompareImages.self, ImageGrid.self, DrawText.self,
    ]),
  .init(
    "Masks",
    [
      LoadMask.self, MaskBox.self, MaskEllipse.self, MaskPolygon.self, MaskStroke.self,
      MaskColor.self, MaskLuminance.self, GrowMask.self, ShrinkMask.self, FeatherMask.self,
      ThresholdMask.self, FillMaskHoles.self, InvertMask.self, CombineMasks.self, ResizeMask.self,
      CropToMask.self, Stitch.self, FillMasked.self, PadForOutpaint.self,
    ]),
  .init(
    "Faces",
    [
      LoadDetector.self, DetectFaces.self, MaskRegions.self, MaskParts.self, CropRegions.self,
      StitchRegions.self,
    ]),
  .init("Upscaling", [LoadUpscaler.self, UpscaleImage.self, UpscaleLatent.self]),
  .init("Lists", [Pick.self, Count.self]),
])

import Testing

@testable import Nodes

/// The sizes of the pictures that prompts follow, where a choice stands between them and what is drawn.
@Suite struct ControlSizeTests {
  /// The picture that is followed is 40 pixels wide, what is drawn 32.
  private static func graph(_ positive: String) -> String {
    """
      checkpoint: { uses: load-checkpoint }
      control: { uses: load-controlnet, file: default-edges }
      text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a smiling person }
      canvas: { uses: empty-latent, width: 32, height: 32 }
      drawn: { uses: decode-latent, vae: "${checkpoint.vae}", latent: "${canvas}" }
      grey: { uses: binarize, image: "${drawn}" }
      wide: { uses: resize-image, image: "${drawn}", width: 40, height: 32 }
      shown: { uses: apply-controlnet, positive: "${text}", controlnet: "${control}", image: "${wide}" }
      fitting: { uses: apply-controlnet, positive: "${text}", controlnet: "${control}", image: "${drawn}" }
      maybe:
        uses: apply-controlnet
        when: ${grey.threshold > 100}
        positive: ${text}
        controlnet: ${control}
        image: ${wide}
      sample: { uses: sample, model: "${checkpoint.model}", positive: "\(positive)", latent: "${canvas}" }
    outputs: { latent: "${sample}" }

    """
  }

  /// Whichever side will be taken: a prompt without a ControlNet fits pictures of all sizes. Where two sizes meet, the
  /// run tells.
  @Test(arguments: [
    ("${shown.positive}", true), ("${fitting.positive}", false),
    ("${grey.threshold > 100 ? shown.positive : text}", true),
    ("${grey.threshold > 100 ? text : shown.positive}", true),
    ("${grey.threshold > 100 ? text : fitting.positive}", false),
    ("${grey.threshold > 100 ? shown.positive : fitting.positive}", false),
    ("${true ? text : shown.positive}", false), ("${maybe.positive ?? text}", true),
    ("${maybe.positive ?? fitting.positive}", false),
  ])
  func sizesAreKnownBehindChoices(_ positive: String, isFound: Bool) {
    let message =
      "size-mismatch: `positive` is for a picture of another size than `latent`: 40 and 32 pixels"
    #expect(Checking(Self.graph(positive)).findings == (isFound ? [message] : []))
  }
}

import Engine
import Graph
import Imaging
import Tensor
import Testing

@testable import Nodes

struct ImageGridTests {
  private func images(_ count: Int) -> PortArgument {
    .list(
      (0..<count).map { index in
        .value(Image(pixels: Tensor([4, 6, 3], repeating: Float(index) / 4)))
      })
  }

  private func texts(_ texts: [String]) -> Literal { .list(texts.map(Literal.text)) }

  private func run(_ inputs: [String: PortArgument]) throws -> Image {
    let outputs = try Invocation(ImageGrid.self, inputs: inputs)
      .run(RunContext(node: NodeID("test")))
    return try #require(outputs["image"] as? Image)
  }

  @Test func picturesStandInRows() throws {
    let sheet = try run(["images": images(3), "gap": .constant(.int(1))])
    #expect((sheet.width, sheet.height) == (15, 11))
    let pixels = sheet.pixels.elements
    #expect(pixels[(1 * 15 + 1) * 3] == 0)
    #expect(pixels[(1 * 15 + 8) * 3] == 0.25)
    #expect(pixels[(6 * 15 + 1) * 3] == 0.5)
    #expect(pixels[(6 * 15 + 8) * 3] == 1)
  }

  @Test func everyLookCanBeSet() throws {
    let sheet = try run([
      "images": images(2), "columns": .constant(.int(1)), "gap": .constant(.int(3)),
      "labels": .constant(texts(["I", "I"])), "label-size": .constant(.int(8)),
      "background": .constant(.color(ColorLiteral(red: 0, green: 0, blue: 1))),
      "label-color": .constant(.color(ColorLiteral(red: 1, green: 0, blue: 0))),
    ])
    #expect(sheet.width == 12)
    #expect(sheet.height == 3 + 2 * (4 + 2 + 10 + 3))
    #expect(Array(sheet.pixels.elements.prefix(3)) == [0, 0, 1])
    #expect(sheet.pixels.elements.contains { $0 > 0.5 && $0 < 1 })
  }

  @Test func labelsAreAsManyAsPictures() {
    #expect(throws: ContactSheetError.labelCount(images: 3, labels: 2)) {
      try run(["images": images(3), "labels": .constant(texts(["a", "b"]))])
    }
    #expect(throws: ContactSheetError.noImages) { try run(["images": .list([])]) }
  }

  @Test func memoryIsThatOfTheSheet() throws {
    let inputs = ["images": images(4)]
    let sheet = try run(inputs)
    #expect(try Invocation(ImageGrid.self, inputs: inputs).peakBytes == sheet.byteCount)
  }

  private func inference(
    _ changes: [String: Literal] = [:], open: [String: PortType] = [:], side: Int? = 100
  ) -> Inference {
    var constants: [String: Literal] = [
      "gap": .int(8), "label-size": .int(14), "labels": texts(["a", "b", "c"]),
    ]
    constants.merge(changes) { $1 }
    var inputs: [String: PortType] = ["images": .list(.image(Extent(width: side, height: side)))]
    for port in constants.keys { inputs[port] = .int }
    inputs.merge(open) { $1 }
    return Inference(
      constants: constants, inputs: inputs, outputs: ["image": .image(.unknown)],
      lengths: ["images": 3, "labels": constants["labels"] == nil ? 0 : 3])
  }

  @Test func theSizeIsKnownWhereThePicturesAndLabelsAre() throws {
    var known = inference(["columns": .int(3)])
    try ImageGrid.infer(&known)
    let image = Image(pixels: Tensor([100, 100, 3], repeating: 0))
    let sheet = try run([
      "images": .list([.value(image), .value(image), .value(image)]), "columns": .constant(.int(3)),
      "labels": .constant(texts(["a", "b", "c"])),
    ])
    #expect(known.outputs["image"] == .image(Extent(width: sheet.width, height: sheet.height)))
  }

  @Test func whatIsNotKnownIsLeftUnsaid() throws {
    for var ports in [inference(side: nil), inference(open: ["columns": .int])] {
      try ImageGrid.infer(&ports)
      #expect(ports.outputs["image"] == .image(.unknown))
    }
  }

  @Test func aSheetThatIsTooLargeIsFoundWhenTheGraphIsChecked() {
    var ports = inference(side: 6_000)
    #expect(
      throws: InferenceFailure(
        .invalidSize, port: "images",
        "the sheet would have 12024x12066 pixels; a side may have 32768, the sheet 100 million")
    ) { try ImageGrid.infer(&ports) }
  }

  @Test func picturesOfOtherNodesAreTaken() {
    let check = Checking(
      """
        canvas: { uses: empty-latent, width: 64, height: 64 }
        checkpoint: { uses: load-checkpoint }
        pictures:
          uses: sample
          each: { seed: [1, 2] }
          model: ${checkpoint.model}
          positive: ${text}
          latent: ${canvas}
        text: { uses: encode-text, encoder: "${checkpoint.encoder}", text: a person }
        decoded:
          uses: decode-latent
          each: { latent: "${pictures}" }
          vae: ${checkpoint.vae}
        sheet: { uses: image-grid, images: "${decoded}", labels: [seed 1, seed 2] }
      outputs: { image: "${sheet}" }

      """)
    #expect(check.findings == [])
    #expect(check.type(of: "decoded[2]", "image") == "image<64x64>")
  }
}

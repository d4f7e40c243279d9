import Diffusion
import Engine
import Imaging
import Tensor
import Testing

@testable import Nodes

/// What goes through the store comes back as it was.
struct StorageTests {
  private let numbers = Tensor([1, 2, 3, 4], (0..<24).map { Float($0) / 7 })

  @Test func latents() throws {
    let latent = Latent(samples: numbers)
    #expect(try stored(latent).samples.elements == numbers.elements)
    #expect(try stored(latent).samples.shape == [1, 2, 3, 4])
    #expect((latent.width, latent.height) == (24, 16))
  }

  @Test func pictures() throws {
    let image = Image(pixels: Tensor([2, 4, 3], numbers.elements))
    #expect(try stored(image).pixels.elements == numbers.elements)
    let mask = Mask(values: Tensor([4, 6], numbers.elements))
    #expect(try stored(mask).values.shape == [4, 6])
  }

  @Test func conditionings() throws {
    let context = Tensor([1, 3, 8], numbers.elements)
    let plain = try stored(Conditioning(context: context))
    #expect(plain.context.elements == numbers.elements)
    #expect(plain.pooled == nil)
    let pooled = try stored(Conditioning(context: context, pooled: Tensor([1, 2], [5, -6])))
    #expect(pooled.pooled?.elements == [5, -6])
  }

  @Test func conditioningsKeepTheirPlaces() throws {
    var conditioning = Conditioning(context: Tensor([1, 3, 8], numbers.elements))
    conditioning.parts += conditioning.parts + conditioning.parts
    conditioning.parts[0].strength = 0.3
    conditioning.parts[0].range = TimestepRange(start: 0.1, end: 0.7)
    conditioning.parts[0].area = .pixels(x: 8, y: 16, width: 24, height: 32)
    conditioning.parts[1].area = .fractions(x: 0.1, y: 0.2, width: 0.3, height: 0.4)
    conditioning.parts[1].mask = PromptMask(
      values: Tensor([4, 6], numbers.elements), strength: 0.6, isCropped: true)
    conditioning.parts[2].concat = Tensor([1, 2, 3, 4], numbers.elements)
    let parts = try stored(conditioning).parts
    #expect(parts.map(\.area) == conditioning.parts.map(\.area))
    #expect(parts.map(\.strength) == [0.3, 1, 1])
    #expect(parts.map(\.range) == conditioning.parts.map(\.range))
    #expect(parts[1].mask?.values.elements == numbers.elements)
    #expect(parts[1].mask?.strength == 0.6 && parts[1].mask?.isCropped == true)
    #expect(parts[0].mask == nil && parts[2].mask == nil)
    #expect(parts[2].concat?.shape == [1, 2, 3, 4] && parts[0].concat == nil)
    #expect(parts[2].concat?.elements == numbers.elements)
  }

  @Test func handlesAreNeverStored() {
    #expect(DiffusionModel.storage == nil)
    #expect(TextEncoders.storage == nil)
    #expect(Autoencoder.storage == nil)
  }

  @Test func aValueThatLacksAPartIsDamaged() throws {
    let storage = try #require(Image.storage)
    let bytes = SafetensorsWriter.encode([("other", numbers)])
    #expect(throws: MissingTensor.self) { try bytes.withUnsafeBytes(storage.decode) }
    #expect(throws: SafetensorsError.self) {
      try bytes.dropLast().withUnsafeBytes(storage.decode)
    }
  }

  private func stored<Value: PortValue>(_ value: Value) throws -> Value {
    let storage = try #require(Value.storage)
    let bytes = try storage.encode(value)
    #expect(try storage.encode(value) == bytes)
    return try bytes.withUnsafeBytes(storage.decode)
  }
}

import Testing

@testable import Tensor

@Suite(.enabled(if: !TensorArena.isOff)) struct PictureStorageTests {
  private static let picture = Tensor.random([1, 6, 5, 4], seed: 1)

  @Test func writingChangesNoTensor() {
    let storage = PictureStorage(Self.picture)
    let (before, lines) = (Self.picture.elements, storage.lines(1..<3))
    storage.beginWriting()
    storage.write(Tensor([1, 6, 5, 4], repeating: 2), at: 0)
    #expect(Self.picture.elements == before)
    #expect(lines.elements == Self.picture.slice(1..<3, axis: 1).elements)
    #expect(storage.tensor.elements.allSatisfy { $0 == 2 })
  }

  /// A picture of half the channels over the one that it is made from.
  @Test func aPictureIsWrittenOverAnotherFromTheTop() throws {
    try TensorArena.keeping {
      let large = Tensor.random([1, 64, 32, 8], seed: 2)
      let storage = PictureStorage(large.reshaped(to: large.shape))
      let half: Shape = [1, 64, 32, 4]
      storage.beginWriting()
      for first in stride(from: 0, to: 64, by: 4) {
        let lines = storage.copy(of: first..<first + 4)
        storage.write(lines.slice(2..<6, axis: -1), at: first)
      }
      let before = try #require(TensorArena.usage).bytesInUse
      storage.become(half)
      #expect(storage.tensor.elements == large.slice(2..<6, axis: -1).elements)
      #expect(storage.capacity == half.count)
      #expect(try #require(TensorArena.usage).bytesInUse == before - half.count * 4)
    }
  }

  @Test func linesAreWhereTheyAre() {
    let storage = PictureStorage(Self.picture)
    #expect(storage.lines(2..<5).elements == Self.picture.slice(2..<5, axis: 1).elements)
    #expect(storage.copy(of: 2..<5).elements == storage.lines(2..<5).elements)
    let part = PictureStorage(storage.lines(2..<5))
    #expect(part.shape == [1, 3, 5, 4] && part.tensor.elements == storage.lines(2..<5).elements)
  }
}

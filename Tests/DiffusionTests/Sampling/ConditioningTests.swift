import Tensor
import Testing

@testable import Diffusion

struct ConditioningTests {
  private let short = Conditioning(
    context: Tensor([1, 2, 2], [1, 2, 3, 4]), pooled: Tensor([1, 2], [8, 0]))
  private let long = Conditioning(
    context: Tensor([1, 3, 2], [5, 6, 7, 8, 9, 10]), pooled: Tensor([1, 2], [0, 4]))

  @Test func combinedPromptsKeepTheirPlaces() {
    var left = short
    left.parts[0].area = .pixels(x: 0, y: 0, width: 8, height: 8)
    let both = left.combined(with: long)
    #expect(both.parts.map(\.area) == [left.parts[0].area, nil])
    #expect(both.parts[1].context.elements == long.context.elements)
  }

  @Test func picturesAreLentToPromptsWithoutOne() {
    let picture = Tensor([1, 1, 1, 4], [1, 2, 3, 4])
    let shown = short.showing(picture)
    let mixed = long.combined(with: shown).showingPicture(of: short.showing(picture * 2))
    #expect(mixed.parts.map(\.concat?.elements) == [[2, 4, 6, 8], [1, 2, 3, 4]])
    #expect(long.showingPicture(of: short).parts[0].concat == nil)
  }

  @Test func tokensFollowEachOther() throws {
    let both = try short.combined(with: long).concatenated(with: short)
    #expect(both.parts.map(\.context.shape) == [[1, 4, 2], [1, 5, 2]])
    #expect(both.context.elements == [1, 2, 3, 4, 1, 2, 3, 4])
    #expect(both.pooled?.elements == [8, 0])
  }

  @Test func averagesKeepTheNumberOfTokens() throws {
    let cut = try short.averaged(with: long, share: 0.25)
    #expect(cut.context.elements == [2, 3, 4, 5])
    #expect(cut.pooled?.elements == [6, 1])
    let filled = try long.averaged(with: short, share: 0.25)
    #expect(filled.context.elements == [4, 5, 6, 7, 6.75, 7.5])
  }

  @Test func apooledTextIsTakenWhereThereIsNone() throws {
    let plain = Conditioning(context: short.context)
    #expect(try plain.averaged(with: long, share: 0.25).pooled?.elements == [0, 4])
    #expect(try long.averaged(with: plain, share: 0.25).pooled?.elements == [0, 4])
  }

  @Test func zerosHaveTheShapeOfTheText() {
    var placed = long
    placed.parts[0].strength = 0.5
    let zeros = placed.zeroed()
    #expect(zeros.context.shape == [1, 3, 2] && zeros.context.elements.allSatisfy { $0 == 0 })
    #expect(zeros.pooled?.elements == [0, 0])
    #expect(zeros.parts[0].strength == 0.5)
  }

  @Test func textsOfDifferentModelsDoNotMix() {
    let wide = Conditioning(context: Tensor([1, 1, 3], [1, 2, 3]))
    #expect(throws: ConditioningError.widths(2, 3)) { try short.concatenated(with: wide) }
    #expect(throws: ConditioningError.widths(3, 2)) { try wide.averaged(with: short, share: 0) }
  }
}

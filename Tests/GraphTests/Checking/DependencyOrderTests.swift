import Testing

@testable import Graph

struct DependencyOrderTests {
  @Test(arguments: [
    ([[], [], []], [0, 1, 2]), ([[2], [], [1]], [1, 2, 0]), ([[1, 1], [2], []], [2, 1, 0]),
  ])
  func whatIsNeededComesFirst(_ needs: [[Int]], _ order: [Int]) {
    #expect(DependencyOrder(needs: needs).order == order)
    #expect(DependencyOrder(needs: needs).cycles.isEmpty)
  }

  @Test func cyclesAreWaysAround() {
    #expect(DependencyOrder(needs: [[1], [2], [0], [2]]).cycles == [[0, 1, 2]])
    #expect(DependencyOrder(needs: [[0]]).cycles == [[0]])
  }

  @Test func longChainsDoNotOverflowTheStack() {
    let count = 200_000
    let order = DependencyOrder(needs: (0..<count).map { $0 + 1 < count ? [$0 + 1] : [] })
    #expect(order.order.first == count - 1)
  }
}

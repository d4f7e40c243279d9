import Glibc
import Synchronization
import Testing

@testable import Tensor

@Suite(.enabled(if: !TensorArena.isOff)) struct TensorArenaTests {
  private static let size = 1 << 20

  @Test func whatWasLetGoOfIsUsedAgain() throws {
    try TensorArena.keeping {
      let first = address(of: Tensor([Self.size], repeating: 1))
      let before = try #require(TensorArena.usage)
      for value in 0..<20 {
        let tensor = Tensor([Self.size], repeating: Float(value))
        #expect(address(of: tensor) == first)
      }
      let after = try #require(TensorArena.usage)
      #expect(after == before)
      #expect(after.peakBytes - after.bytesInUse == Self.size * 4)
    }
  }

  @Test func smallTensorsAndLastingOnesAreElsewhere() throws {
    try TensorArena.keeping {
      let before = try #require(TensorArena.usage).bytesInUse
      let small = Tensor([100], repeating: 1)
      let lasting = TensorArena.lasting { Tensor([Self.size], repeating: 1) }
      #expect(TensorArena.usage?.bytesInUse == before)
      #expect(small.elements.first == 1 && lasting.elements.last == 1)
    }
  }

  @Test func outsideOfScopesThereIsNoArena() {
    #expect(TensorArena.usage == nil)
    #expect(Tensor([Self.size], repeating: 2).elements.last == 2)
  }

  @Test func tensorsOutliveTheirScope() {
    let tensors = (0..<4).map { value in
      TensorArena.keeping {
        _ = Tensor([Self.size], repeating: -1)
        return Tensor([Self.size], repeating: Float(value))
      }
    }
    for (value, tensor) in tensors.enumerated() {
      #expect(tensor.elements.allSatisfy { $0 == Float(value) })
    }
  }

  @Test func aScopeWithinAnotherIsTheSame() {
    TensorArena.keeping {
      let first = address(of: Tensor([Self.size], repeating: 1))
      TensorArena.keeping { #expect(address(of: Tensor([Self.size], repeating: 1)) == first) }
      #expect(TensorArena.usage != nil)
    }
  }

  @Test func freeMemoryAboveTheLimitIsGivenBack() throws {
    try TensorArena.keeping(atMost: 8 << 20) {
      for megabytes in [2, 4, 6] {
        _ = Tensor([megabytes << 18], repeating: 1)
        // Fits nowhere in what the larger one leaves below it.
        let kept = Tensor([1 << 18], repeating: 7)
        _ = Tensor([megabytes << 18], repeating: 2)
        let usage = try #require(TensorArena.usage)
        #expect(usage.heldBytes <= max(8 << 20, usage.peakBytes))
        #expect(kept.elements.allSatisfy { $0 == 7 })
      }
      #expect(Tensor([8 << 18], repeating: 3).elements.allSatisfy { $0 == 3 })
    }
  }

  @Test func aTensorLargerThanTheRegionIsStillRefusedToTheArenaOnly() throws {
    try TensorArena.keeping {
      let arena = try #require(CurrentThread.arena)
      #expect(arena.allocate(1 << 60) == nil)
      #expect(TensorArena.usage?.refusals == 1)
    }
  }

  @Test func scratchIsWritableThroughoutAndGoesBack() throws {
    for count in [0, 1, 100, 4096, 1 << 20] {
      try TensorArena.keeping {
        let before = try #require(TensorArena.usage).bytesInUse
        withScratch(of: Double.self, count: count) { scratch in
          #expect(UInt(bitPattern: scratch) % 64 == 0)
          scratch.update(repeating: 1, count: count)
        }
        #expect(TensorArena.usage?.bytesInUse == before)
      }
    }
  }

  /// Threads that make and drop tensors of one arena, each of which must keep what was written into it.
  @Test func severalThreadsMayShareAnArena() {
    let failures = Atomic<Int>(0)
    TensorArena.keeping {
      let pool = ThreadPool(threadCount: 8)
      pool.forEach(64) { task in
        var generator = SplitMix64(state: UInt64(task))
        var held: [(value: Float, tensor: Tensor)] = []
        for round in 0..<200 {
          let value = Float(task * 1000 + round)
          let count = Int.random(in: 1000...40_000, using: &generator)
          held.append((value, Tensor([count], repeating: value)))
          guard held.count > 5 else { continue }
          let (expected, tensor) = held.remove(
            at: Int.random(in: held.indices, using: &generator))
          let isIntact = tensor.withElements { $0.allSatisfy { $0 == expected } }
          if !isIntact { failures.add(1, ordering: .relaxed) }
        }
      }
      pool.setThreadCount(1)
      #expect(TensorArena.usage?.refusals == 0)
    }
    #expect(failures.load(ordering: .relaxed) == 0)
  }

  /// Scopes of their own at the same time, with tensors that go from one thread to another.
  @Test func severalScopesAtOnce() async {
    let sums = await withTaskGroup(of: Tensor.self) { group in
      for task in 0..<16 {
        group.addTask {
          TensorArena.keeping {
            (0..<30).reduce(Tensor([50_000], repeating: Float(task))) { sum, _ in sum + sum * 0 }
          }
        }
      }
      return await group.reduce(into: [Float]()) { sums, tensor in
        let first = tensor.elements[0]
        #expect(tensor.elements.allSatisfy { $0 == first })
        sums.append(first)
      }
    }
    #expect(sums.sorted() == (0..<16).map(Float.init))
  }

  private func address(of tensor: Tensor) -> UInt { tensor.withPointer { UInt(bitPattern: $0) } }
}

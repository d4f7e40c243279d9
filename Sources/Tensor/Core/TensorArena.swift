import Glibc
import Synchronization

/// Memory that tensors use again and again while a scope is open.
///
/// The system clears every page before it hands it out, so that a pass over fresh memory takes ten times
/// as long as one over memory that was used before. Within `keeping`, tensors and scratch of at least
/// `smallestBlock` bytes take the lowest place that is free in a region of addresses, and what they leave
/// is kept for the next ones. Who asks for the same sizes in the same order again, as the steps of a
/// sampler do, gets the same places and touches no fresh page.
///
/// Each scope has an arena of its own, so that nodes that run at the same time neither wait for each other
/// nor disturb each other's order. An arena outlives its scope, for the next one.
public final class TensorArena: Sendable {
  private struct State: Sendable {
    var free: AddressRanges
    /// What holds no memory: never touched, or given back.
    var untouched: AddressRanges
    /// How much memory may be held before what is free is given back.
    var limit = Int.max
    var usage = Usage()
  }

  private let region: AddressRegion
  private let state: Mutex<State>

  private init?() {
    guard let region = AddressRegion.reserve() else { return nil }
    let whole = AddressRanges(0..<region.byteCount)
    self.region = region
    state = Mutex(State(free: whole, untouched: whole))
  }

  /// What the arena of this thread's scope was asked for; nil outside of scopes, and where the system
  /// gives no region.
  public static var usage: Usage? { CurrentThread.arena?.usage }

  private var usage: Usage {
    state.withLock { state in
      var usage = state.usage
      usage.heldBytes = heldBytes(state)
      return usage
    }
  }
}

// MARK: - Scopes

extension TensorArena {
  /// Does some work whose tensors, of this thread and of the parallel loops that it runs, use each other's
  /// memory again. Inside another scope it changes nothing.
  ///
  /// - Parameter limit: how many bytes to hold, in use or not, before free ones are given back to the
  ///   system. What is in use may exceed it.
  public static func keeping<Result>(
    atMost limit: Int = .max, _ work: () throws -> Result
  ) rethrows -> Result {
    guard CurrentThread.arena == nil, let arena = idle.withLock({ $0.popLast() }) ?? make() else {
      return try work()
    }
    arena.open(limit)
    defer {
      arena.close()
      idle.withLock { $0.append(arena) }
    }
    return try CurrentThread.with(arena, work)
  }

  /// Does some work whose tensors last longer than the scope, such as a model's weights: they take their
  /// memory elsewhere, and leave no gaps in the arena.
  public static func lasting<Result>(_ work: () throws -> Result) rethrows -> Result {
    try CurrentThread.with(nil, work)
  }

  private static func make() -> TensorArena? { isOff ? nil : TensorArena() }

  /// Checkers of memory see more where each tensor has a block of its own.
  static let isOff = getenv("EASEL_ARENA").map { String(cString: $0) } == "off"
  private static let idle = Mutex<[TensorArena]>([])
  private static let keptBetweenScopes = 64 << 20
  /// Smaller blocks come from the allocator of the system, which recycles them itself, without a lock.
  static let smallestBlock = 16 << 10
}

// MARK: - Blocks

extension TensorArena {
  /// A block on a page's boundary; nil where there is no room left.
  func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let size = byteCount.roundedUp(to: AddressRegion.page)
    return state.withLock { state in
      guard let block = state.free.firstFit(size) else {
        state.usage.refusals += 1
        return nil
      }
      state.free.remove(block)
      touch(block, &state)
      state.usage.bytesInUse += size
      state.usage.peakBytes = max(state.usage.peakBytes, state.usage.bytesInUse)
      return region.start + block.lowerBound
    }
  }

  /// Takes a block back, from any thread. `byteCount` is what it was made for.
  func deallocate(_ start: UnsafeMutableRawPointer, _ byteCount: Int) {
    let size = byteCount.roundedUp(to: AddressRegion.page)
    let offset = start - region.start
    state.withLock { state in
      state.free.insert(offset..<offset + size)
      state.usage.bytesInUse -= size
    }
  }

  private func touch(_ block: Range<Int>, _ state: inout State) {
    state.usage.highWaterMark = max(state.usage.highWaterMark, block.upperBound)
    let fresh = state.untouched.overlap(with: block)
    guard fresh > 0 else { return }
    state.usage.freshBytes += fresh
    state.usage.freshBlocks += 1
    state.untouched.remove(block)
    if heldBytes(state) > state.limit { giveBackFree(&state) }
  }

  private func open(_ limit: Int) {
    state.withLock { state in
      let bytesInUse = state.usage.bytesInUse
      state.usage = Usage(bytesInUse: bytesInUse, peakBytes: bytesInUse)
      state.limit = limit
      if heldBytes(state) > limit { giveBackFree(&state) }
    }
  }

  /// Gives back what is free, unless it is little, and the next scope may as well have it.
  private func close() {
    state.withLock { state in
      let freeBytes = heldBytes(state) - state.usage.bytesInUse
      if freeBytes > Self.keptBetweenScopes { giveBackFree(&state) }
    }
  }

  private func heldBytes(_ state: State) -> Int { region.byteCount - state.untouched.byteCount }

  private func giveBackFree(_ state: inout State) {
    for range in state.free.ranges where state.untouched.overlap(with: range) < range.count {
      region.giveBack(range)
      state.untouched.remove(range)
      state.untouched.insert(range)
    }
  }
}

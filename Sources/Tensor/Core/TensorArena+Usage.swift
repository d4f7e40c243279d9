extension TensorArena {
  /// What an arena was asked for since its scope began.
  public struct Usage: Sendable, Equatable {
    /// What tensors and scratch hold now, in whole pages.
    public internal(set) var bytesInUse = 0
    /// The most that they have held at once.
    public internal(set) var peakBytes = 0
    /// The memory that the arena takes from the system now, in use or kept.
    public internal(set) var heldBytes = 0
    /// The end of the highest block so far, in bytes from the region's start.
    public internal(set) var highWaterMark = 0
    /// The fresh memory that blocks have touched: what the system had to clear.
    public internal(set) var freshBytes = 0
    /// The blocks that touched some.
    public internal(set) var freshBlocks = 0
    /// The blocks that found no room, and came from the allocator of the system.
    public internal(set) var refusals = 0
  }
}

import Dispatch
import Synchronization

/// How objects are named: by a tree hash, so that several threads can hash one object, each piece
/// while it is still in the processor's cache from being read or written.
///
/// The name is the SHA-256 of a tag, the object's size and the SHA-256 of each of its pieces, in
/// order; a piece is 256 KiB, the last one what is left. It depends on nothing else, so that equal
/// bytes have equal names, and no bytes have the name of other bytes' pieces.
enum ObjectName {
  static let pieceSize = 1 << 18
  /// More threads would wait for memory.
  private static let threadCount = 4

  /// The name of an object of these bytes.
  static func of(_ bytes: [UInt8]) -> Hash256 {
    bytes.withUnsafeBytes { bytes in of(bytes) { _ in } }
  }

  /// `visit` is called with the range of each piece before it is hashed: once each, from several
  /// threads. Throws what it throws.
  static func of<Failure>(
    _ bytes: UnsafeRawBufferPointer,
    visiting visit: @Sendable (Range<Int>) throws(Failure) -> Void
  ) throws(Failure) -> Hash256 {
    let work = Mutex(Work<Failure>(byteCount: bytes.count))
    let pieceCount = work.withLock(\.hashes.count)
    // They are only read, and outlive the loop.
    nonisolated(unsafe) let bytes = bytes
    if pieceCount == 1 {
      hashPieces(of: bytes, work, visit)
    } else {
      DispatchQueue.concurrentPerform(iterations: min(pieceCount, threadCount)) { _ in
        hashPieces(of: bytes, work, visit)
      }
    }
    return try work.withLock { work throws(Failure) in try work.name() }
  }

  private static func hashPieces<Failure>(
    of bytes: UnsafeRawBufferPointer, _ work: borrowing Mutex<Work<Failure>>,
    _ visit: (Range<Int>) throws(Failure) -> Void
  ) {
    while let index = work.withLock({ $0.nextPiece() }) {
      let start = index * pieceSize
      let range = start..<min(start + pieceSize, bytes.count)
      do throws(Failure) {
        try visit(range)
        let hash = Hash256(of: UnsafeRawBufferPointer(rebasing: bytes[range]))
        work.withLock { $0.hashes[index] = hash }
      } catch {
        work.withLock { $0.failure = error }
      }
    }
  }

  private struct Work<Failure: Error> {
    let byteCount: Int
    var next = 0
    /// By piece. An empty object has one piece too.
    var hashes: [Hash256]
    var failure: Failure?

    init(byteCount: Int) {
      self.byteCount = byteCount
      let pieceCount = max(1, (byteCount + pieceSize - 1) / pieceSize)
      hashes = Array(repeating: Hash256(of: EmptyCollection()), count: pieceCount)
    }

    mutating func nextPiece() -> Int? {
      guard failure == nil, next < hashes.count else { return nil }
      defer { next += 1 }
      return next
    }

    func name() throws(Failure) -> Hash256 {
      if let failure { throw failure }
      var hasher = FieldHasher()
      hasher.add("easel object")
      hasher.add(byteCount)
      for hash in hashes { hasher.add(hash) }
      return hasher.finish()
    }
  }
}

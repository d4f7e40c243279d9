import Glibc

/// What this module remembers of each thread.
enum CurrentThread {
  private static let loopKey = makeKey()
  private static let arenaKey = makeKey()

  private static func makeKey() -> pthread_key_t {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "no thread-specific key is left")
    return key
  }

  /// Whether this thread works on a parallel loop, so that a loop inside it runs on this thread.
  static var isInLoop: Bool { pthread_getspecific(loopKey) != nil }

  /// Runs `body` with `isInLoop` set.
  static func whileInLoop(_ body: () -> Void) {
    pthread_setspecific(loopKey, UnsafeRawPointer(bitPattern: 1))
    body()
    pthread_setspecific(loopKey, nil)
  }

  /// Where this thread takes memory; nil for the allocator of the system.
  static var arena: TensorArena? {
    pthread_getspecific(arenaKey).map {
      Unmanaged<TensorArena>.fromOpaque($0).takeUnretainedValue()
    }
  }

  /// Runs `body` with `arena` set.
  static func with<Result>(
    _ arena: TensorArena?, _ body: () throws -> Result
  ) rethrows -> Result {
    let before = pthread_getspecific(arenaKey)
    pthread_setspecific(
      arenaKey, arena.map { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) })
    defer { pthread_setspecific(arenaKey, before) }
    return try withExtendedLifetime(arena, body)
  }
}

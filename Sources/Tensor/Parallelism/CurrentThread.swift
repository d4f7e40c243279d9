import Glibc

/// What the pool remembers of each thread.
enum CurrentThread {
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "no thread-specific key is left")
    return key
  }()

  /// Whether this thread works on a parallel loop, so that a loop inside it runs on this thread.
  static var isInLoop: Bool { pthread_getspecific(key) != nil }

  /// Runs `body` with `isInLoop` set.
  static func whileInLoop(_ body: () -> Void) {
    pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1))
    body()
    pthread_setspecific(key, nil)
  }
}

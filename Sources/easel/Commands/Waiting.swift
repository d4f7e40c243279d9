import Dispatch
import Synchronization

/// Waits for an asynchronous function, on a thread that has nothing else to do.
///
/// Commands are synchronous so that the short ones run on the main thread, where memory is had more
/// quickly than on a thread of the concurrency runtime.
func waiting<Success: Sendable>(
  for body: @escaping @Sendable () async throws -> Success
) throws -> Success {
  let outcome = Outcome<Success>()
  let done = DispatchSemaphore(value: 0)
  Task {
    let result: Result<Success, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    outcome.value.withLock { $0 = result }
    done.signal()
  }
  done.wait()
  guard let result = outcome.value.withLock({ $0 }) else { throw CancellationError() }
  return try result.get()
}

/// Where a task leaves its result.
private final class Outcome<Success: Sendable>: Sendable {
  let value = Mutex<Result<Success, any Error>?>(nil)
}

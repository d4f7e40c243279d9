import Dispatch
import Glibc

/// Calls a function at SIGINT and SIGTERM instead of ending the program. A second signal ends it.
struct InterruptHandler {
  private let sources: [any DispatchSourceSignal]

  init(_ interrupted: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        interrupted()
        signal(number, SIG_DFL)
      }
      signal(number, SIG_IGN)
      source.resume()
      return source
    }
  }

  /// Gives the signals back their meaning.
  func stop() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}

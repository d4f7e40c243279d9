import Engine
import FoundationEssentials
import Nodes

extension ModelSearch {
  /// The places that the environment names, with the digests that the cache folder remembers.
  static let easel = here { StoreOptions.usual.digests(progress: HashingProgress.show) }

  /// The same without reading a file whole, and without writing anything.
  static let remembering = here(hashes: false) { StoreOptions.usual.readOnly.digests { _ in } }

  /// The same without writing anything.
  static let reading = here {
    StoreOptions.usual.readOnly.digests(progress: HashingProgress.show)
  }

  /// The same without a cache folder.
  static let uncached = here { FileDigests(progress: HashingProgress.show) }

  /// The same where digests are looked up and kept elsewhere.
  private static func here(
    hashes: Bool = true, digests: @escaping @Sendable () -> FileDigests
  ) -> ModelSearch {
    ModelSearch(
      environment: ProcessInfo.processInfo.environment, hashes: hashes, digests: digests)
  }
}

/// Calls `body` with room for so many elements, not cleared.
func withScratch<Result>(
  _ count: Int, _ body: (UnsafeMutablePointer<Float>) throws -> Result
) rethrows -> Result {
  try withUnsafeTemporaryAllocation(of: Float.self, capacity: max(count, 1)) {
    guard let start = $0.baseAddress else { preconditionFailure("no room for \(count) elements") }
    return try body(start)
  }
}

import Graph

extension Inference {
  /// Does `read`, which looks into the file of a path port. What it throws becomes a finding at
  /// that port.
  func reading<Result>(_ port: String, _ read: () throws -> Result) throws -> Result {
    try finding(.unreadableFile, at: port, read)
  }
}

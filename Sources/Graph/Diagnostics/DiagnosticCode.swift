/// The stable name of a kind of finding.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  case unreadableFile = "unreadable-file"
  case invalidYAML = "invalid-yaml"
  case unknownPort = "unknown-port"
}

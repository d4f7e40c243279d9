import Graph

/// Checks a text as the file `graph.yaml`.
func check(
  _ text: String, overrides: [(name: String, text: String)] = [],
  purpose: Checker.Purpose = .run, files: [String: String] = [:]
) -> CheckResult {
  check(Array(text.utf8), overrides: overrides, purpose: purpose, files: files)
}

/// Checks bytes as the file `graph.yaml`.
func check(
  _ bytes: [UInt8], overrides: [(name: String, text: String)] = [],
  purpose: Checker.Purpose = .run, files: [String: String] = [:]
) -> CheckResult {
  var all = files.mapValues { Array($0.utf8) }
  all["graph.yaml"] = bytes
  let checker = Checker(
    catalog: testCatalog, reader: .memory(all), graphFolders: ["library"])
  return checker.check("graph.yaml", overrides: overrides, purpose: purpose)
}

extension CheckResult {
  var codes: [DiagnosticCode] { diagnostics.map(\.code) }

  /// The binding of a port.
  func binding(_ node: String, _ port: String) -> Binding? {
    graph?.nodes.first { $0.id.path == node }?.inputs[port]
  }

  /// The constant that a port is bound to.
  func constant(_ node: String, _ port: String) -> Literal? {
    if case .constant(let literal)? = binding(node, port) { literal } else { nil }
  }
}

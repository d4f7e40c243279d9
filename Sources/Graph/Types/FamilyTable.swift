/// What is known of the families of models in a graph: type variables, each scoped to one node, and
/// which of them are the same (a union-find).
///
/// A variable is named `F@node`.
struct FamilyTable {
  /// Why something is of a family.
  struct Origin: Hashable, Sendable {
    var family: Family
    /// The node or port that decided it, in backticks.
    var subject: String
    /// Where the author chose it.
    var span: SourceSpan
  }

  /// Two things that should share a family and do not.
  struct Conflict: Error {
    var found: Origin
    var wanted: Origin
  }

  private var parents: [String: String] = [:]
  private var decided: [String: Origin] = [:]

  /// Makes two variables one. Where both are decided already and differ, nothing changes.
  mutating func unify(_ found: String, _ wanted: String) throws(Conflict) {
    let (found, wanted) = (root(of: found), root(of: wanted))
    guard found != wanted else { return }
    switch (decided[found], decided[wanted]) {
    case (let first?, let second?) where first.family != second.family:
      throw Conflict(found: first, wanted: second)
    case (nil, _): parents[found] = wanted
    case (_?, _): parents[wanted] = found
    }
  }

  /// Says which family a variable stands for.
  mutating func decide(_ variable: String, _ origin: Origin) throws(Conflict) {
    let root = root(of: variable)
    if let known = decided[root], known.family != origin.family {
      throw Conflict(found: origin, wanted: known)
    }
    decided[root] = decided[root] ?? origin
  }

  /// The type with every variable replaced that has been decided.
  mutating func resolve(_ type: PortType) -> PortType {
    guard case .variable(let name)? = type.family else { return type }
    let root = root(of: name)
    let term = decided[root].map { FamilyTerm.known($0.family) } ?? .variable(root)
    return type.mapFamily { _ in term }
  }

  /// Paths are halved on the way, so that later walks are short.
  private mutating func root(of variable: String) -> String {
    var variable = variable
    while let parent = parents[variable] {
      if let grandparent = parents[parent] { parents[variable] = grandparent }
      variable = parent
    }
    return variable
  }
}

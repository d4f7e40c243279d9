/// A family of diffusion models whose parts fit together.
public enum Family: String, Hashable, Sendable, CaseIterable {
  case sd1
  case sd2
  case sdxl
}

/// A family as far as it is known when a graph is checked.
public enum FamilyTerm: Hashable, Sendable {
  case known(Family)
  /// A type variable. In a schema its name is scoped to one node; in a checked graph it is one
  /// that nothing decided.
  case variable(String)
}

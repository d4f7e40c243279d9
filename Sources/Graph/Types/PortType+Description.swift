extension PortType: CustomStringConvertible {
  /// The type as graphs and messages spell it, such as `latent<sdxl, 128x128>`.
  public var description: String { spelled(family: \.description) }

  /// The same without families that nothing has decided: the type as findings name it.
  var known: String {
    spelled { term in
      if case .known(let family) = term { family.rawValue } else { nil }
    }
  }

  private func spelled(family spell: (FamilyTerm) -> String?) -> String {
    switch self {
    case .choice(let words): "choice(\(words.joined(separator: ", ")))"
    case .image(let extent), .mask(let extent): kind + Self.arguments(extent.known)
    case .latent(let family, let extent): kind + Self.arguments(spell(family), extent.known)
    case .handle(_, let family): kind + Self.arguments(family.flatMap(spell))
    case .list(let element): "list<\(element.spelled(family: spell))>"
    case .optional(let wrapped): "optional<\(wrapped.spelled(family: spell))>"
    default: kind
    }
  }

  /// The type's name without what stands in angle brackets.
  public var kind: String {
    switch self {
    case .int: "int"
    case .float: "float"
    case .bool: "bool"
    case .text: "text"
    case .choice: "choice"
    case .path: "path"
    case .color: "color"
    case .seed: "seed"
    case .size: "size"
    case .image: "image"
    case .mask: "mask"
    case .latent: "latent"
    case .handle(let handle, _): handle.rawValue
    case .list: "list"
    case .optional: "optional"
    case .any: "any"
    }
  }

  private static func arguments(_ parts: String?...) -> String {
    let parts = parts.compactMap(\.self)
    return parts.isEmpty ? "" : "<\(parts.joined(separator: ", "))>"
  }
}

extension FamilyTerm: CustomStringConvertible {
  /// The family, or the variable's name as its node declares it.
  public var description: String {
    switch self {
    case .known(let family): family.rawValue
    case .variable(let name): String(name.prefix { $0 != "@" })
    }
  }
}

extension Extent: CustomStringConvertible {
  /// The size, such as `512x768`; `?` stands for what is not known.
  public var description: String {
    "\(width.map(String.init) ?? "?")x\(height.map(String.init) ?? "?")"
  }

  fileprivate var known: String? { self == .unknown ? nil : description }
}

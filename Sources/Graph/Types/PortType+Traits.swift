extension PortType {
  /// Whether constants and expressions can make such a value.
  public var isScalar: Bool {
    switch self {
    case .int, .float, .bool, .text, .choice, .path, .color, .seed, .size: true
    case .image, .mask, .latent, .handle, .optional, .any: false
    case .list(let element): element.isScalar
    }
  }

  /// Whether expressions can reckon with it. A seed is a whole number there.
  var isNumber: Bool { isWholeNumber || self == .float }

  var isWholeNumber: Bool { self == .int || self == .seed }

  /// A text, or a word that is one of a list.
  var isText: Bool {
    if case .choice = self { return true }
    return self == .text
  }

  /// What an optional value is when it is there; nil for what always is.
  var wrapped: PortType? {
    if case .optional(let wrapped) = self { wrapped } else { nil }
  }

  /// The type of a list's elements; nil for what is no list.
  var element: PortType? {
    if case .list(let element) = self { element } else { nil }
  }

  /// The family argument, where the type has one.
  var family: FamilyTerm? {
    switch self {
    case .latent(let family, _): family
    case .handle(_, let family): family
    case .list(let inside), .optional(let inside): inside.family
    default: nil
    }
  }

  /// The size argument, where the type has one.
  var extent: Extent? {
    switch self {
    case .image(let extent), .mask(let extent), .latent(_, let extent): extent
    default: nil
    }
  }

  /// The same type with another family.
  func mapFamily(_ transform: (FamilyTerm) -> FamilyTerm) -> PortType {
    switch self {
    case .latent(let family, let extent): .latent(transform(family), extent)
    case .handle(let handle, let family): .handle(handle, family.map(transform))
    case .list(let element): .list(element.mapFamily(transform))
    case .optional(let wrapped): .optional(wrapped.mapFamily(transform))
    default: self
    }
  }

  /// The same type with nothing known of its size.
  var withoutExtent: PortType {
    switch self {
    case .image: .image(.unknown)
    case .mask: .mask(.unknown)
    case .latent(let family, _): .latent(family, .unknown)
    case .list(let element): .list(element.withoutExtent)
    case .optional(let wrapped): .optional(wrapped.withoutExtent)
    default: self
    }
  }

  /// Whether the two differ at most in what stands in angle brackets. `any` is of every kind.
  func hasSameKind(as other: PortType) -> Bool {
    switch (self, other) {
    case (.any, _), (_, .any): true
    case (.list(let element), .list(let otherElement)): element.hasSameKind(as: otherElement)
    case (.optional(let wrapped), .optional(let otherWrapped)):
      wrapped.hasSameKind(as: otherWrapped)
    default: kind == other.kind
    }
  }
}

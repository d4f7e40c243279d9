extension PortType {
  /// The names of all types, as `type:` takes them.
  static let names =
    scalars.map(\.kind) + ["image", "mask", "latent"] + Handle.allCases.map(\.rawValue) + ["list"]

  private static let scalars: [PortType] = [
    .int, .float, .bool, .text, .path, .color, .seed, .size,
  ]

  /// Reads a spelled type, such as `int`, `latent<sdxl>`, `image<512x512>` or `list<float>`. A family
  /// that is left out is a variable with an empty name.
  init?(spelled text: some StringProtocol) {
    let (name, arguments) = Self.split(text)
    guard let arguments else { return nil }
    if let scalar = Self.scalars.first(where: { $0.kind == name }) {
      guard arguments.isEmpty else { return nil }
      self = scalar
    } else if name == "list" {
      guard arguments.count == 1, let element = PortType(spelled: arguments[0]) else { return nil }
      self = .list(element)
    } else {
      self.init(shaped: name, arguments: arguments)
    }
  }

  private init?(shaped name: String, arguments: [String]) {
    let extents = arguments.compactMap(Extent.init(spelled:))
    let families = arguments.compactMap(FamilyTerm.init(spelled:))
    guard extents.count + families.count == arguments.count, extents.count < 2, families.count < 2
    else { return nil }
    let family = families.first
    switch name {
    case "image" where family == nil: self = .image(extents.first ?? .unknown)
    case "mask" where family == nil: self = .mask(extents.first ?? .unknown)
    case "latent": self = .latent(family ?? .variable(""), extents.first ?? .unknown)
    default:
      guard let handle = Handle(rawValue: name), extents.isEmpty else { return nil }
      guard handle.hasFamily || family == nil else { return nil }
      self = .handle(handle, handle.hasFamily ? family ?? .variable("") : nil)
    }
  }

  /// `latent<sdxl, 128x128>` is `latent` and two arguments; nil arguments where brackets do not match.
  private static func split(_ text: some StringProtocol) -> (name: String, arguments: [String]?) {
    guard let open = text.firstIndex(of: "<") else { return (String(text), []) }
    guard text.last == ">" else { return (String(text), nil) }
    let inside = text[text.index(after: open)...].dropLast()
    let arguments = inside.split(separator: ",", omittingEmptySubsequences: false)
    return (String(text[..<open]), arguments.map { String($0.filter { $0 != " " }) })
  }
}

extension PortType.Handle {
  /// Whether such a thing belongs to a family of models.
  var hasFamily: Bool {
    switch self {
    case .conditioning, .model, .textEncoder, .vae, .controlnet: true
    case .imageEncoder, .upscaler, .detector: false
    }
  }
}

extension FamilyTerm {
  /// A family's name, or one capital letter.
  init?(spelled text: String) {
    if let family = Family(rawValue: text) {
      self = .known(family)
    } else if text.count == 1, text.allSatisfy({ $0.isASCII && $0.isUppercase }) {
      self = .variable(text)
    } else {
      return nil
    }
  }
}

extension Extent {
  /// A size such as `512x768`, both sides at least 1.
  init?(spelled text: String) {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false)
    guard sides.count == 2, sides.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      let width = Int(sides[0]), let height = Int(sides[1]), width > 0, height > 0
    else { return nil }
    self.init(width: width, height: height)
  }
}

extension Character {
  /// One of `0` to `9`.
  var isASCIIDigit: Bool { isASCII && isNumber }
}

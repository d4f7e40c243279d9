import Graph

extension PortType {
  /// The Swift type that holds constants of this type; nil for what no constant can say.
  var scalarType: (any PortValue.Type)? {
    switch self {
    case .int: Int.self
    case .float: Double.self
    case .bool: Bool.self
    case .text, .choice: String.self
    case .path: FilePath.self
    case .color: ColorLiteral.self
    case .seed: Seed.self
    case .size: PixelSize.self
    case .list(let element): element.scalarType.map { Self.list(of: $0) }
    case .optional(let wrapped): wrapped.scalarType
    case .image, .mask, .latent, .handle, .any: nil
    }
  }

  private static func list<Element: PortValue>(of element: Element.Type) -> any PortValue.Type {
    [Element].self
  }
}

import Tensor

/// The modules of a part of a model, by all names that adapters have for them.
struct AdaptableModules {
  private var keys: [AdapterTarget: String] = [:]

  /// - Parameter tensors: all that the part is built from, by key.
  init(_ part: AdaptedPart, _ tensors: [String: Shape]) {
    let modules = Set(
      tensors.keys.compactMap { key in key.lastIndex(of: ".").map { String(key[..<$0]) } })
    for module in modules { keys[AdapterTarget(part, key: module)] = module }
    guard part == .unet else { return }
    let original = LDMUNetKeys(modules: modules)
    for module in modules {
      keys[AdapterTarget(part, key: original.name(ofModule: module))] = module
    }
  }

  /// The key of a module; nil where the part has none of this name.
  subscript(target: AdapterTarget) -> String? { keys[target] }
}

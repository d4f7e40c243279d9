/// The key of a tensor in an adapter, taken apart.
///
/// kohya's programs write `MODULE.lora_down.weight`, PEFT `MODULE.lora_A.weight` or
/// `MODULE.lora_A.ADAPTER.weight`, diffusers `MODULE.lora.down.weight`, and its old versions
/// `BLOCK.processor.to_q_lora.down.weight` and `MODULE.lora_linear_layer.down.weight`.
struct AdapterKey: Equatable {
  /// The module that is changed, as the file spells it.
  let module: String
  let field: AdapterField

  /// Nil where the key is none of an adapter.
  init?(_ key: String) {
    var names = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isBias = names.last == "bias"
    if isBias || names.last == "weight" { names.removeLast() }
    guard let (field, place) = Self.field(in: names) else { return nil }
    if isBias && field != .up { return nil }
    self.field = isBias ? .upBias : field
    module = Self.withoutContainers(names[..<place]).joined(separator: ".")
    if module.isEmpty { return nil }
  }

  /// The field and where its name stands: last, or before the name of the adapter.
  private static func field(in names: [String]) -> (AdapterField, place: Int)? {
    for place in names.indices.suffix(2).reversed() {
      if let field = AdapterField(name: names[place]) { return (field, place) }
    }
    guard names.count > 1, isContainer(names[names.count - 2]) else { return nil }
    switch names.last {
    case "down": return (.down, names.count - 1)
    case "up": return (.up, names.count - 1)
    default: return nil
    }
  }

  private static func isContainer(_ name: String) -> Bool {
    name == "lora" || name == "lora_linear_layer" || name.hasSuffix("_lora")
  }

  /// `attn1.processor.to_out_lora` is `attn1.to_out.0`, and so on.
  private static func withoutContainers(_ names: ArraySlice<String>) -> [String] {
    var names = Array(names)
    guard let last = names.last, isContainer(last) else { return names }
    names.removeLast()
    guard last.hasSuffix("_lora") else { return names }
    let layer = String(last.dropLast("_lora".count))
    let isProcessor = names.last == "processor"
    if isProcessor { names.removeLast() }
    return names + [layer] + (isProcessor && layer == "to_out" ? ["0"] : [])
  }
}

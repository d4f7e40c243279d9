/// What a tensor of an adapter is to the module that it changes. The raw values are the names in files.
enum AdapterField: String, Sendable {
  // LoRA and LoCon.
  case down = "lora_down"
  case up = "lora_up"
  case mid = "lora_mid"
  /// A change of the bias beside `up`.
  case upBias = "lora_up.bias"
  // LoHa.
  case hadaW1A = "hada_w1_a"
  case hadaW1B = "hada_w1_b"
  case hadaW2A = "hada_w2_a"
  case hadaW2B = "hada_w2_b"
  case hadaT1 = "hada_t1"
  case hadaT2 = "hada_t2"
  // LoKr.
  case lokrW1 = "lokr_w1"
  case lokrW1A = "lokr_w1_a"
  case lokrW1B = "lokr_w1_b"
  case lokrW2 = "lokr_w2"
  case lokrW2A = "lokr_w2_a"
  case lokrW2B = "lokr_w2_b"
  case lokrT2 = "lokr_t2"
  // Whole differences.
  case diff
  case diffBias = "diff_b"
  // DoRA, by LyCORIS and by PEFT.
  case doraScale = "dora_scale"
  case magnitudeVector = "lora_magnitude_vector"
  /// A number, not a tensor: over the rank, it scales the change.
  case alpha
}

extension AdapterField {
  /// The field with a name that some program writes.
  init?(name: String) {
    switch name {
    case "lora_A": self = .down
    case "lora_B": self = .up
    case "w_norm": self = .diff
    case "b_norm": self = .diffBias
    default: self.init(rawValue: name)
    }
  }
}

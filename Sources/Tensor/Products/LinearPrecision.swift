/// How exactly a linear layer multiplies.
public enum LinearPrecision: String, Sendable, CaseIterable {
  /// In f32, with the weights as they are stored.
  case full
  /// In integers of 8 bits: each output's weights share one scale, and so do the inputs of each row, found anew at
  /// every call; the sums are exact. A quarter of the memory of f32, and several times as fast. What comes out
  /// differs by about half a per cent for inputs and weights without outliers.
  case int8
}

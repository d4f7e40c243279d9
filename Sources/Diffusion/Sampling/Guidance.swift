/// How the prompts steer a model beside `cfg`.
public struct Guidance: Hashable, Sendable {
  /// Plain classifier-free guidance.
  public init() {}
}

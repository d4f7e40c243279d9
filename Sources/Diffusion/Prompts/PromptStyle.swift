/// A template that gives prompts a look.
public struct PromptStyle: Hashable, Sendable {
  /// What graphs call it.
  public let name: String
  /// What comes of a prompt: `{prompt}` stands for it; without that, the template is put behind it.
  public let prompt: String
  /// The same for the negative prompt.
  public let negative: String

  /// A style with its templates.
  public init(name: String, prompt: String, negative: String) {
    self.name = name
    self.prompt = prompt
    self.negative = negative
  }

  /// What comes of a prompt and its negative prompt.
  public func apply(to prompt: String, negative: String) -> (prompt: String, negative: String) {
    (Self.fill(self.prompt, prompt), Self.fill(self.negative, negative))
  }

  private static let blank = "{prompt}"

  /// A blank that has nothing in it takes the comma beside it along.
  private static func fill(_ template: String, _ text: String) -> String {
    let parts = [text, template].filter { !$0.isEmpty }
    guard template.contains(blank) else { return parts.joined(separator: ", ") }
    guard text.isEmpty else { return template.replacing(blank, with: text) }
    return [blank + ", ", ", " + blank, blank].reduce(template) { $0.replacing($1, with: "") }
  }
}

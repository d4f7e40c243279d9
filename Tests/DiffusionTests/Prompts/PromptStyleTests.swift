import Testing

@testable import Diffusion

@Suite struct PromptStyleTests {
  @Test(arguments: [
    ("oil painting of {prompt}, dark", "a cat", "oil painting of a cat, dark"),
    ("in oil", "a cat", "a cat, in oil"), ("", "a cat", "a cat"), ("in oil", "", "in oil"),
    ("{prompt}, dark", "", "dark"), ("dark, {prompt}", "", "dark"), ("{prompt}", "", ""),
    ("{prompt} and {prompt}", "a", "a and a"), ("{prompt}", "{prompt} x", "{prompt} x"),
  ])
  func templatesAreFilled(template: String, text: String, expected: String) {
    let style = PromptStyle(name: "x", prompt: template, negative: template)
    let (prompt, negative) = style.apply(to: text, negative: text)
    #expect(prompt == expected)
    #expect(negative == expected)
  }
}

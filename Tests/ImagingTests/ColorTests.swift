import Testing

@testable import Imaging

struct ColorTests {
  @Test(arguments: [
    (Color.white, Color.black), (.black, .white),
    (Color(red: 0, green: 0, blue: 1), .white), (Color(red: 1, green: 1, blue: 0), .black),
    (Color(red: 0.45, green: 0.45, blue: 0.45), .white),
    (Color(red: 0.47, green: 0.47, blue: 0.47), .black),
  ])
  func theContrastingColorStandsOutMore(color: Color, expected: Color) {
    #expect(color.contrasting == expected)
  }
}

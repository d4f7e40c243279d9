extension UInt8 {
  /// One of `0` to `9`.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  /// One of `a` to `z`.
  var isLowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  /// A blank, a tab or a part of a line break.
  var isBlank: Bool { " \t\r\n".utf8.contains(self) }
}

/// What a format's library, or the lack of memory, let fail.
struct CodecFailure: Error {
  var reason: String

  static let noMemory = CodecFailure(reason: "there is not enough memory")
}

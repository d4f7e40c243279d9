/// Writes safetensors.
public enum SafetensorsWriter {
  /// A whole file of f32 tensors, in the order given. The same arguments give the same bytes.
  ///
  /// - Parameters:
  ///   - tensors: no two of one name, and none called `__metadata__`.
  ///   - metadata: free text, written in the order of its keys.
  public static func encode(
    _ tensors: [(String, Tensor)], metadata: [String: String] = [:]
  ) -> [UInt8] {
    precondition(
      Set(tensors.map(\.0)).union([metadataKey]).count == tensors.count + 1,
      "two tensors of one name")
    var header = Array(headerText(tensors, metadata).utf8)
    // Elements begin at a multiple of 8 bytes, as the reference implementation has it.
    header += repeatElement(UInt8(ascii: " "), count: -header.count & 7)
    var file = withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init)
    file.reserveCapacity(8 + header.count + tensors.reduce(0) { $0 + $1.1.byteCount })
    file += header
    for (_, tensor) in tensors {
      tensor.withElements { file.append(contentsOf: UnsafeRawBufferPointer($0)) }
    }
    return file
  }

  private static let metadataKey = "__metadata__"

  private static func headerText(
    _ tensors: [(String, Tensor)], _ metadata: [String: String]
  ) -> String {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map {
        "\(quoted($0.key)):\(quoted($0.value))"
      }
      members.append("\(quoted(metadataKey)):{\(pairs.joined(separator: ","))}")
    }
    var end = 0
    for (name, tensor) in tensors {
      let begin = end
      end += tensor.byteCount
      let shape = tensor.shape.sizes.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
      )
    }
    return "{\(members.joined(separator: ","))}"
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\0"..."\u{1f}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

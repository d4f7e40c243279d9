import Testing

@testable import Imaging

struct OrientationTests {
  /// A picture of 3x2 whose samples are their places, as each orientation is to be shown.
  @Test(
    arguments: [
      (1, 3, [0, 1, 2, 3, 4, 5]), (2, 3, [2, 1, 0, 5, 4, 3]), (3, 3, [5, 4, 3, 2, 1, 0]),
      (4, 3, [3, 4, 5, 0, 1, 2]), (5, 2, [0, 3, 1, 4, 2, 5]), (6, 2, [3, 0, 4, 1, 5, 2]),
      (7, 2, [5, 2, 4, 1, 3, 0]), (8, 2, [2, 5, 1, 4, 0, 3]),
    ] as [(Int, Int, [UInt8])])
  func picturesAreTurned(number: Int, width: Int, samples: [UInt8]) throws {
    let stored = StoredRaster<UInt8>(
      width: 3, height: 2, colors: .grey, samples: [0, 1, 2, 3, 4, 5])
    let shown = stored.turned(try #require(Orientation(rawValue: number)))
    #expect(shown.samples == samples)
    #expect((shown.width, shown.height) == (width, 6 / width))
  }

  /// A TIFF directory of two entries, the second of which is the orientation.
  private static func exif(_ order: ByteOrder, orientation: Int) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return order == .littleEndian ? bytes : bytes.reversed()
    }
    let mark: [UInt8] = order == .littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]
    let other = number(0x010F, 2) + number(2, 2) + number(1, 4) + number(0, 4)
    let entry =
      number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + number(0, 2)
    return mark + number(42, 2) + number(8, 4) + number(2, 2) + other + entry + number(0, 4)
  }

  @Test(arguments: [ByteOrder.bigEndian, .littleEndian], [true, false])
  func bothByteOrdersAreRead(order: ByteOrder, isNamed: Bool) {
    let data = (isNamed ? Array("Exif\0\0".utf8) : []) + Self.exif(order, orientation: 8)
    #expect(Orientation(exif: data[...]) == .threeQuarterTurn)
  }

  @Test func whatIsDamagedIsUpright() {
    let whole = Self.exif(.littleEndian, orientation: 6)
    for length in 0..<whole.count {
      let found = Orientation(exif: whole[..<length])
      #expect(found == .upright || length >= 32, "\(length) bytes")
    }
    #expect(Orientation(exif: Self.exif(.bigEndian, orientation: 9)[...]) == .upright)
    #expect(Orientation(exif: nil) == .upright)
  }
}

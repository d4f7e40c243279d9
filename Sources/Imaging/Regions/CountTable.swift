/// How many pixels of a mask are not 0 in any rectangle: Crow, "Summed-Area Tables for Texture Mapping" (1984).
struct CountTable {
  private let width: Int
  private let height: Int
  private var sums: [Int]

  init(of mask: Mask) {
    (width, height) = (mask.width, mask.height)
    sums = Array(repeating: 0, count: (width + 1) * (height + 1))
    let values = mask.values.elements
    for y in 0..<height {
      var row = 0
      for x in 0..<width {
        row += values[y * width + x] > 0 ? 1 : 0
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
      }
    }
  }

  /// Of the part that is in the picture.
  func count(_ columns: Range<Int>, _ rows: Range<Int>) -> Int {
    let (columns, rows) = (columns.clamped(to: 0..<width), rows.clamped(to: 0..<height))
    func sum(_ x: Int, _ y: Int) -> Int { sums[y * (width + 1) + x] }
    return sum(columns.upperBound, rows.upperBound) - sum(columns.lowerBound, rows.upperBound)
      - sum(columns.upperBound, rows.lowerBound) + sum(columns.lowerBound, rows.lowerBound)
  }
}

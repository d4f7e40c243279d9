/// How a matrix product is cut into blocks of its result, one for a task.
///
/// The cut depends on the sizes alone, so every element is computed the same way on any number of
/// threads.
struct BlockGrid: Sendable {
  let rows: Int
  let columns: Int
  let blockRows: Int
  let blockColumns: Int

  /// Prefers to cut rows, because all blocks of a column of blocks repack the same part of the second
  /// matrix; cuts columns where there are too few rows.
  init(rows: Int, columns: Int, inner: Int) {
    self.rows = rows
    self.columns = columns
    let operations = 2 * rows * columns * inner
    let tasks = min(max(operations / Self.operationsPerTask, 1), Self.maximumTaskCount)
    let rowBlocks = min(tasks, max(rows / Self.minimumBlockSize, 1))
    let columnBlocks = min(tasks / rowBlocks, max(columns / Self.minimumBlockSize, 1))
    blockRows = Self.blockSize(rows, blocks: rowBlocks)
    blockColumns = Self.blockSize(columns, blocks: columnBlocks)
  }

  var count: Int { rowBlockCount * columnBlockCount }

  subscript(index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    let (row, column) = index.quotientAndRemainder(dividingBy: columnBlockCount)
    let firstRow = row * blockRows
    let firstColumn = column * blockColumns
    return (
      firstRow..<min(firstRow + blockRows, rows),
      firstColumn..<min(firstColumn + blockColumns, columns)
    )
  }

  private var rowBlockCount: Int { (rows + blockRows - 1) / blockRows }
  private var columnBlockCount: Int { (columns + blockColumns - 1) / blockColumns }

  /// A multiple of 16, which every micro-kernel's tile divides or nearly so.
  private static func blockSize(_ size: Int, blocks: Int) -> Int {
    max((size + blocks * 16 - 1) / (blocks * 16) * 16, 16)
  }

  /// Some tens of microseconds of work.
  private static let operationsPerTask = 2_000_000
  private static let maximumTaskCount = 32
  private static let minimumBlockSize = 64
}

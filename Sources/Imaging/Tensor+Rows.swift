import Tensor

extension Tensor {
  /// A tensor of `shape`, `[H, ...]`, whose rows are made in parallel from this one's elements.
  ///
  /// - Parameter makeRow: writes every element of one row; `source` is this tensor's first element.
  func parallelRows(
    _ shape: Shape,
    _ makeRow:
      @Sendable (
        _ source: UnsafePointer<Float>, _ row: Int, _ target: UnsafeMutablePointer<Float>
      ) -> Void
  ) -> Tensor {
    let length = shape.count / max(shape[0], 1)
    return withElements { source in
      Tensor(shape) { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        let memory = RowMemory(source: source, target: target)
        ThreadPool.shared.forEach(shape[0]) { row in
          makeRow(memory.source, row, memory.target + row * length)
        }
      }
    }
  }

  /// Reads a row of `[H, W]`, by places that begin with it: loops over these become vector code. The buffer must not
  /// escape.
  func withRow(_ y: Int, _ body: (UnsafeBufferPointer<Float>) -> Void) {
    let width = shape[1]
    withElements { body(UnsafeBufferPointer(rebasing: $0[y * width..<(y + 1) * width])) }
  }

  /// The pixels of `[H, W, C]` in these rows and columns, which may repeat and be in any order:
  /// `[rows, columns, C]`.
  func picking(rows: [Int], columns: [Int]) -> Tensor {
    let (width, channels) = (shape[1], shape[2])
    return parallelRows([rows.count, columns.count, channels]) { source, y, target in
      let row = source + rows[y] * width * channels
      for (x, column) in columns.enumerated() {
        for channel in 0..<channels {
          target[x * channels + channel] = row[column * channels + channel]
        }
      }
    }
  }

  /// `[H, W, C]` with its rows as columns: `[W, H, C]`.
  func exchangingRowsAndColumns() -> Tensor {
    let (height, width, channels) = (shape[0], shape[1], shape[2])
    return parallelRows([width, height, channels]) { source, x, target in
      for index in 0..<height * channels {
        let (y, channel) = (index / channels, index % channels)
        target[index] = source[(y * width + x) * channels + channel]
      }
    }
  }
}

/// What the rows of a picture are made from, and where.
///
/// `@unchecked Sendable`: the source is only read, each row of the target is written by one call
/// alone, and both outlive the loop.
private struct RowMemory: @unchecked Sendable {
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>
}

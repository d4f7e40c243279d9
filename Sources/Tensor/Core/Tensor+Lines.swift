extension Tensor {
  /// Runs of lines of pictures `[1, h, W, C]`, one below the other.
  ///
  /// - Parameter parts: pictures of one width and the lines of each to take; at least one.
  /// - Returns: `[1, lines, W, C]`.
  public static func joiningLines(_ parts: [(picture: Tensor, lines: Range<Int>)]) -> Tensor {
    let (width, channels) = (parts[0].picture.shape[2], parts[0].picture.shape[3])
    for (picture, lines) in parts {
      precondition(
        picture.shape == [1, picture.shape[1], width, channels]
          && lines.clamped(to: 0..<picture.shape[1]) == lines,
        "lines \(lines) of \(picture.shape) beside \(parts[0].picture.shape)")
    }
    let count = parts.reduce(0) { $0 + $1.lines.count }
    let lineSize = width * channels
    return Tensor([1, count, width, channels], by: .slice, items: count, cost: lineSize) {
      lines, output in
      var start = 0
      for (picture, source) in parts {
        let run = lines.clamped(to: start..<start + source.count)
        let first = source.lowerBound + run.lowerBound - start
        picture.withPointer {
          (output + run.lowerBound * lineSize)
            .update(from: $0 + first * lineSize, count: run.count * lineSize)
        }
        start += source.count
      }
    }
  }
}

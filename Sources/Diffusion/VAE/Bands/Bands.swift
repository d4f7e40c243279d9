import Tensor

/// How a picture is cut into bands of lines.
///
/// By its width alone, never by how much memory there is: every band of a picture is computed in the same
/// way whatever else is kept or made again, so that results have the same bits.
enum Bands {
  /// The lines of a band of a picture of the given width; the last band may have fewer. A multiple of what
  /// convolutions work through at once and of what statistics are gathered by.
  static func lineCount(width: Int) -> Int {
    let lines = (pixels + width - 1) / max(width, 1)
    return (lines + alignment - 1) / alignment * alignment
  }

  /// The bands of a picture of so many lines, from the top.
  static func ranges(lines: Int, width: Int) -> [Range<Int>] {
    let count = lineCount(width: width)
    return stride(from: 0, to: lines, by: count).map { $0..<min($0 + count, lines) }
  }

  /// Lines. Convolutions by Winograd's method compute 4 at once, statistics `ChannelMoments.blockLines`.
  static let alignment = 4
  /// Enough for convolutions to be as efficient as on whole pictures.
  private static let pixels = 8192
}

/// Makes a picture `[1, H, W, C]` band by band, from the top.
protocol BandReader: AnyObject {
  /// Of the whole picture.
  var shape: Shape { get }

  /// The next band, `[1, lines, W, C]`; this or the other `next` is asked for as often as there are bands.
  func next() -> Tensor

  /// Writes the next band, which begins at `line`, and gives it where it is now.
  func next(into storage: PictureStorage, at line: Int) -> Tensor

  /// Any lines, where they can be had at any time.
  func lines(_ range: Range<Int>) -> Tensor?
}

extension BandReader {
  /// Most readers have their bands one after the other only.
  func lines(_ range: Range<Int>) -> Tensor? { nil }

  /// Most readers make a band before it is written.
  func next(into storage: PictureStorage, at line: Int) -> Tensor {
    let band = next()
    storage.write(band, at: line)
    return band
  }
}

/// The last few bands of a reader, for whoever needs lines of several at once.
final class BandBuffer {
  let reader: any BandReader
  private var bands: [Tensor] = []
  /// The lines that the bands hold.
  private var held = 0..<0

  init(_ reader: any BandReader) { self.reader = reader }

  /// Some lines, `[1, lines, W, C]`.
  func lines(_ range: Range<Int>) -> Tensor {
    if let lines = reader.lines(range) { return lines }
    while held.upperBound < range.upperBound {
      let band = reader.next()
      bands.append(band)
      held = held.lowerBound..<held.upperBound + band.shape[1]
    }
    var start = held.lowerBound
    var parts: [(picture: Tensor, lines: Range<Int>)] = []
    for band in bands {
      let part = range.clamped(to: start..<start + band.shape[1])
      if !part.isEmpty { parts.append((band, part.lowerBound - start..<part.upperBound - start)) }
      start += band.shape[1]
    }
    if parts.count == 1, parts[0].lines.count == parts[0].picture.shape[1] {
      return parts[0].picture
    }
    return .joiningLines(parts)
  }

  /// Forgets the bands that end above a line.
  func drop(before line: Int) {
    while let first = bands.first, held.lowerBound + first.shape[1] <= line {
      bands.removeFirst()
      held = held.lowerBound + first.shape[1]..<held.upperBound
    }
  }
}

/// The sizes of a box and of what stands in it and beside it.
struct BoxMetrics {
  static let titleSize = 13.0
  static let smallSize = 11.0
  /// Between two edges at one side of a box.
  static let rowHeight = 20.0
  static let padding = 10.0
  /// Before a box, for the arrowheads.
  static let arrowRoom = 9.0
  /// Above an edge, from the line to the foot of its label's letters.
  static let labelRise = 4.0

  private static let headerHeight = 40.0
  private static let pillHeight = 28.0
  private static let textLimit = 34

  let title: String
  let subtitle: String
  /// What is said of several nodes in one box, such as `×3`.
  let mark: String?
  let inputs: [String]
  let outputs: [String]
  /// What is written beside each output, above its edge.
  let labels: [String]
  let isPill: Bool

  init(_ box: Diagram.Box) {
    isPill = box.kind != .node
    title = TextWidth.shortened(box.title, to: Self.textLimit)
    subtitle = TextWidth.shortened(
      box.kind == .node ? box.subtitle : box.value ?? "", to: Self.textLimit)
    mark = box.count > 1 ? "×\(box.count)" : nil
    inputs = isPill ? [] : box.inputs.map { TextWidth.shortened($0, to: Self.textLimit) }
    outputs = isPill ? [] : box.outputs.map { TextWidth.shortened($0.name, to: Self.textLimit) }
    labels = box.outputs.map {
      TextWidth.shortened($0.type.description, to: Self.textLimit)
    }
  }

  var width: Double {
    isPill ? pillWidth : max(96, headerWidth, rowWidth) + 2 * Self.padding
  }

  var height: Double {
    guard !isPill else { return Self.pillHeight }
    let rows = max(inputs.count, outputs.count)
    return Self.headerHeight + (rows > 0 ? Double(rows) * Self.rowHeight + 6 : 0)
  }

  /// From the right of a box, or of what stands behind it, to the labels of its outputs.
  var labelStart: Double { mark == nil ? 5 : 9 }

  /// What the labels of the outputs take, on the right of the box.
  var labelWidth: Double {
    let widest = labels.map { TextWidth.monospaced($0, size: Self.smallSize) }.max()
    return widest.map { labelStart + $0 + 5 } ?? 0
  }

  /// The height of an input's edge or an output's, from the top.
  func row(_ index: Int) -> Double {
    isPill
      ? Self.pillHeight / 2 : Self.headerHeight + (Double(index) + 0.5) * Self.rowHeight
  }

  /// From the left of a pill to its second text.
  var subtitleStart: Double {
    20 + TextWidth.proportional(title, size: Self.titleSize) - 4
  }

  private var pillWidth: Double {
    let name = TextWidth.proportional(title, size: Self.titleSize) + 24
    return subtitle.isEmpty
      ? name : name + TextWidth.monospaced(subtitle, size: Self.smallSize) + 4
  }

  private var headerWidth: Double {
    max(
      TextWidth.proportional(title, size: Self.titleSize) + (mark == nil ? 0 : 34),
      TextWidth.monospaced(subtitle, size: Self.smallSize))
  }

  private var rowWidth: Double {
    (0..<max(inputs.count, outputs.count)).map { row in
      let names = [inputs, outputs].compactMap { $0.indices.contains(row) ? $0[row] : nil }
      return names.reduce(0) { $0 + TextWidth.monospaced($1, size: Self.smallSize) } + 20
    }
    .max() ?? 0
  }
}

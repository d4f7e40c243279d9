import Engine
import Graph
import Imaging

/// A contact sheet: pictures side by side, with labels.
struct ImageGrid: Node {
  static let name = "image-grid"
  static let version = 1
  static let about = """
    Puts pictures side by side on one sheet, row by row. Cells are as large as the largest width and \
    height; smaller pictures stand in the middle of theirs, and none is scaled.
    """

  @Input("The pictures, at least one.") var images: [Image]
  @Input(
    """
    A text below each picture, in at most three lines; scripts whose letters join are not shaped.
    """)
  var labels: [String]?
  @Input("How many pictures stand in a row; by itself, for the squarest sheet.", in: 1...1000)
  var columns: Int?
  @Input("The room between pictures and around them, in pixels.", in: 0...4096) var gap: Int = 8
  @Input("Behind everything; without its opacity.")
  var background: ColorLiteral = ColorLiteral(red: 1, green: 1, blue: 1)
  @Input("The size of the labels' font, its em, in pixels.", in: 4...512) var labelSize: Int = 14
  @Input("The labels' colour, without its opacity; by itself, black or white by contrast.")
  var labelColor: ColorLiteral?
  @Output("The sheet.", named: "image") var sheet: Image

  var peakBytes: Int { (try? contactSheet.layout.byteCount) ?? 0 }

  func run(_ context: RunContext) throws { sheet = try contactSheet.draw() }

  private var contactSheet: ContactSheet {
    get throws {
      var style = ContactSheetStyle(columns: columns, gap: gap, labelSize: labelSize)
      style.background = Color(background)
      style.labelColor = labelColor.map(Color.init)
      return try ContactSheet(images, labels: labels ?? [], style: style)
    }
  }

  static func infer(_ ports: inout Inference) throws {
    let cell = ports.elementExtent(of: "images")
    try ports.requireLabels("labels", for: "images")
    guard let width = cell.width, let height = cell.height, !ports.isOpen("columns"),
      !ports.isOpen("labels"), let count = ports.lengths["images"],
      let gap = ports.constantInt("gap"), let labelSize = ports.constantInt("label-size")
    else { return }
    let style = ContactSheetStyle(
      columns: ports.constantInt("columns"), gap: gap, labelSize: labelSize)
    do {
      let layout = try ContactSheetLayout(
        count: count, cellWidth: width, cellHeight: height,
        labels: ports.constantTexts("labels") ?? [], style: style)
      ports.setExtent(of: "image", to: Extent(width: layout.width, height: layout.height))
    } catch let error as ContactSheetError {
      throw InferenceFailure(.invalidSize, port: "images", "\(error)")
    }
  }
}

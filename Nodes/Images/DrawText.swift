import Engine
import Graph
import Imaging

/// Writes words on a picture.
struct DrawText: Node {
  static let name = "draw-text"
  static let version = 1
  static let about = """
    Writes words on a picture, or on a new one of one colour. Lines are broken where they do not fit; what goes beyond the \
    picture is cut off. Scripts whose letters join are not shaped.
    """

  @Input("What is written; line breaks are kept.") var text: String
  @Input("The picture that it is written on; without one, a new one.") var image: Image?
  @Input("The new picture's width.", in: 1...32768) var width: Int = 512
  @Input("The new picture's height.", in: 1...32768) var height: Int = 512
  @Input("The new picture's colour, without its opacity.")
  var background: ColorLiteral = ColorLiteral(red: 0, green: 0, blue: 0)
  @Input(
    "`default`, a font's file, or the name of one of the system's, such as `DejaVu Serif Bold`.",
    locate: FontLocation.locate)
  var font = FilePath("default")
  @Input("The font's em, in pixels.", in: 1...4096) var size: Int = 64
  @Input("The letters' colour, without its opacity.")
  var color: ColorLiteral = ColorLiteral(red: 1, green: 1, blue: 1)
  @Input("At which part of the picture the text stands.") var anchor: TextAnchor = .center
  @Input("How far it is moved to the right from there, in pixels.", in: -32768...32768)
  var x: Int = 0
  @Input("How far it is moved down, in pixels.", in: -32768...32768) var y: Int = 0
  @Input("How lines stand among each other.") var align: TextAlignment = .center
  @Input("The room between the picture's sides and the text, in pixels.", in: 0...16384)
  var margin: Int = 0
  @Input("How wide a line may be, in pixels; by itself, as the picture.", in: 1...32768)
  var maxWidth: Int?
  @Output("The picture with the text.", named: "image") var written: Image
  @Output("How much of each pixel is ink.") var mask: Mask

  func run(_ context: RunContext) throws {
    if image == nil { try ImageTooLarge.check(width: width, height: height) }
    let canvas =
      image ?? Image(width: width, height: height, filledWith: Color(background))
    var block = TextBlock(text, font: font.resolved, size: size)
    (block.anchor, block.alignment, block.x, block.y) = (anchor, align, x, y)
    (block.margin, block.maxWidth) = (margin, maxWidth)
    mask = try block.coverage(width: canvas.width, height: canvas.height)
    written = canvas.painted(Color(color), through: mask)
  }

  static func infer(_ ports: inout Inference) throws {
    try ports.setDrawnExtent(of: ["image", "mask"])
    guard case .path(let path)? = ports.constants["font"] else { return }
    _ = try ports.reading("font") { try FontFile.name(of: path.resolved) }
  }
}

extension TextAnchor: ChoicePortValue {}
extension TextAlignment: ChoicePortValue {}

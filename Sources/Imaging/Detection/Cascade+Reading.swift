extension Cascade {
  /// Reads a cascade from an XML file of OpenCV, in the format of `opencv_traincascade` or the older one of
  /// `opencv_haartraining`. Throws `CascadeError`.
  public init(readingFrom path: String) throws(CascadeError) {
    do {
      self = try Self.read(path)
    } catch {
      throw CascadeError(file: path, problem: error)
    }
  }

  private static func read(_ path: String) throws(CascadeError.Problem) -> Cascade {
    let storage = try document(path)
    let root = storage.name == "opencv_storage" ? storage.children.first ?? storage : storage
    // Not every file says its type.
    if root["featureType"] != nil { return try Cascade(root) }
    guard root["size"] != nil, root["stages"] != nil else { throw .notACascade(root: root.name) }
    return try Cascade(older: root)
  }

  /// Whether a file begins as XML does; false for what cannot be read.
  public static func isXML(at path: String) -> Bool {
    let start = (try? InputFile.read(path, upTo: 64)) ?? []
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = start.starts(with: mark) ? start.dropFirst(mark.count) : start[...]
    return text.first { $0 > 0x20 } == UInt8(ascii: "<")
  }

  private static func document(_ path: String) throws(CascadeError.Problem) -> XMLElement {
    do {
      let bytes = try InputFile.read(path, upTo: CascadeLimits.bytes + 1)
      guard bytes.count <= CascadeLimits.bytes else {
        throw CascadeError.Problem.tooLarge(byteCount: bytes.count)
      }
      return try XMLElement(parsing: bytes)
    } catch let failure as XMLFailure {
      throw .notXML(line: failure.line, reason: failure.reason)
    } catch let problem as CascadeError.Problem {
      throw problem
    } catch {
      guard case .unreadable(let reason)? = (error as? ImageFileError)?.problem else {
        throw .notARegularFile
      }
      throw .unreadable(reason: reason)
    }
  }

  /// OpenCV's `CascadeClassifierImpl::Data::read`.
  fileprivate init(_ root: XMLElement) throws(CascadeError.Problem) {
    let kind = try root.word("featureType")
    let stages = try root.word("stageType")
    guard stages == "BOOST" else { throw .stages(kind: stages) }
    let size = PixelSize(width: try root.integer("width"), height: try root.integer("height"))
    let categories: Int
    switch kind {
    case "HAAR": (features, categories) = (.haar(try root.haarFeatures), 0)
    case "LBP": (features, categories) = (.patterns(try root.patternFeatures), 256)
    default: throw .features(kind: kind)
    }
    let forest = try CascadeForest(root, categories: categories)
    (window, nodes, leaves) = (size, forest.nodes, forest.leaves)
    self.stages = forest.stages
    try verify()
  }

  /// Throws where something is looked up that is not there.
  func verify() throws(CascadeError.Problem) {
    guard (3...CascadeLimits.side).contains(window.width),
      (3...CascadeLimits.side).contains(window.height)
    else { throw .invalid(element: "width and height", expected: "3 to \(CascadeLimits.side)") }
    guard !stages.isEmpty else { throw .missing(element: "stages") }
    let (count, fit) =
      switch features {
      case .haar(let features): (features.count, features.allSatisfy { $0.fits(in: window) })
      case .patterns(let features): (features.count, features.allSatisfy { $0.fits(in: window) })
      }
    guard fit else { throw .invalid(element: "features", expected: "inside the window") }
    guard nodes.allSatisfy({ (0..<count).contains($0.feature) }) else {
      throw .invalid(element: "internalNodes", expected: "nodes of features that there are")
    }
  }
}

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
    var forest = CascadeForest()
    for stage in try root.list("stages") {
      forest.beginStage(threshold: try stage.float("stageThreshold"))
      for tree in try stage.list("weakClassifiers") {
        let leaves = try tree.floats("leafValues")
        try forest.add(try tree.nodes(categories: categories), leaves: leaves)
      }
    }
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

extension XMLElement {
  /// The text of a child.
  func word(_ name: String) throws(CascadeError.Problem) -> String {
    guard let child = self[name] else { throw .missing(element: name) }
    return child.word
  }

  /// What a child lists.
  func list(_ name: String) throws(CascadeError.Problem) -> [XMLElement] {
    guard let child = self[name] else { throw .missing(element: name) }
    return child.children
  }

  /// The numbers of a child, in f32: they are in its range.
  func floats(_ name: String) throws(CascadeError.Problem) -> [Float] {
    guard let child = self[name] else { throw .missing(element: name) }
    guard let numbers = child.numbers, !numbers.isEmpty else {
      throw .invalid(element: name, expected: "numbers")
    }
    return numbers.map { Float($0) }
  }

  /// The one number of a child.
  func float(_ name: String) throws(CascadeError.Problem) -> Float {
    let numbers = try floats(name)
    guard numbers.count == 1 else { throw .invalid(element: name, expected: "one number") }
    return numbers[0]
  }

  /// The one number of a child, a whole one.
  func integer(_ name: String) throws(CascadeError.Problem) -> Int {
    guard let number = Int(exactly: try float(name)) else {
      throw .invalid(element: name, expected: "a whole number")
    }
    return number
  }

  /// The element's numbers, so many, the whole ones among them as such.
  func record(_ count: Int) throws(CascadeError.Problem) -> [(value: Float, whole: Int)] {
    guard let numbers, numbers.count == count,
      numbers.allSatisfy({ abs($0) < 1e6 })
    else { throw .invalid(element: name, expected: "\(count) numbers") }
    return numbers.map { (Float($0), Int($0)) }
  }

  fileprivate var haarFeatures: [HaarFeature] {
    get throws(CascadeError.Problem) {
      var features: [HaarFeature] = []
      for feature in try list("features") { features.append(try feature.haarFeature) }
      return features
    }
  }

  /// A feature of either format.
  var haarFeature: HaarFeature {
    get throws(CascadeError.Problem) {
      var parts: [HaarFeature.Part] = []
      for part in try list("rects") {
        let numbers = try part.record(5)
        parts.append(
          .init(
            x: numbers[0].whole, y: numbers[1].whole, width: numbers[2].whole,
            height: numbers[3].whole, weight: numbers[4].value))
      }
      guard (1...3).contains(parts.count) else {
        throw .invalid(element: "rects", expected: "one to three rectangles")
      }
      return HaarFeature(
        parts: parts, isTilted: self["tilted"] == nil ? false : try integer("tilted") != 0)
    }
  }

  fileprivate var patternFeatures: [PatternFeature] {
    get throws(CascadeError.Problem) {
      var features: [PatternFeature] = []
      for feature in try list("features") {
        guard let rectangle = feature["rect"] else { throw .missing(element: "rect") }
        let numbers = try rectangle.record(4).map(\.whole)
        features.append(
          PatternFeature(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3]))
      }
      return features
    }
  }

  /// The nodes of a tree: both children, the feature, then a threshold, or the patterns as words of 32 bits.
  fileprivate func nodes(categories: Int) throws(CascadeError.Problem) -> [Cascade.Node] {
    guard let child = self["internalNodes"] else { throw .missing(element: "internalNodes") }
    let length = categories > 0 ? 3 + categories / 32 : 4
    guard let numbers = child.numbers, !numbers.isEmpty, numbers.count.isMultiple(of: length),
      numbers.allSatisfy({ abs($0) < 0x1p32 })
    else { throw .invalid(element: "internalNodes", expected: "nodes of \(length) numbers") }
    return stride(from: 0, to: numbers.count, by: length).map { start in
      let node = numbers[start..<start + length].map { $0 }
      return Cascade.Node(
        feature: Int(node[2]), threshold: categories > 0 ? 0 : Float(node[3]),
        patterns: categories > 0 ? PatternSet(halves: node.dropFirst(3)) : PatternSet(),
        left: Int(node[0]), right: Int(node[1]))
    }
  }
}

extension PatternSet {
  /// Of eight signed words of 32 bits.
  fileprivate init(halves: some Collection<Double>) {
    for (index, half) in halves.enumerated() {
      let bits = UInt64(UInt32(truncatingIfNeeded: Int(half)))
      words[index / 2] |= bits << UInt64(32 * (index % 2))
    }
  }
}

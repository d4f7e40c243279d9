extension Diagram {
  /// The boxes as lines of a text, those in a frame between its opening and its closing.
  func outline(box: (Int) -> String, opening: (Int) -> String, closing: String) -> [String] {
    let own = Dictionary(grouping: boxes.indices) { boxes[$0].frame }
    let inner = Dictionary(grouping: frames.indices) { frames[$0].parent }
    func lines(of frame: Int?, indent: String) -> [String] {
      let frames = (inner[frame] ?? []).flatMap { index in
        [indent + opening(index)] + lines(of: index, indent: indent + "  ") + [indent + closing]
      }
      return (own[frame] ?? []).map { indent + box($0) } + frames
    }
    return lines(of: nil, indent: "  ")
  }
}

extension Diagram.Frame {
  /// The title, with how often the graph is used.
  var label: String { count > 1 ? "\(title) ×\(count)" : title }
}

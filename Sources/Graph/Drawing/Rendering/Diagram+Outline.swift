extension Diagram {
  /// The boxes as lines of a text, those in a frame between its opening and its closing. Inputs that no
  /// edge comes from have a frame of their own.
  func outline(
    box: (Int) -> String, opening: (_ name: String, _ label: String) -> String, closing: String
  ) -> [String] {
    let loose = boxes.indices.filter { boxes[$0].kind == .input && boxes[$0].outputs.isEmpty }
    let own = Dictionary(grouping: Set(boxes.indices).subtracting(loose).sorted()) {
      boxes[$0].frame
    }
    let inner = Dictionary(grouping: frames.indices) { frames[$0].parent }
    func contents(of frame: Int?, indent: String) -> [String] {
      var lines = (own[frame] ?? []).map { indent + box($0) }
      for index in inner[frame] ?? [] {
        lines.append(indent + opening("f\(index)", frames[index].label))
        lines += contents(of: index, indent: indent + "  ")
        lines.append(indent + closing)
      }
      return lines
    }
    var inputs: [String] = []
    if !loose.isEmpty {
      inputs = ["  " + opening("inputs", "inputs")]
      inputs += loose.map { "    " + box($0) }
      inputs.append("  " + closing)
    }
    return inputs + contents(of: nil, indent: "  ")
  }
}

extension Diagram.Frame {
  /// The title, with how often the graph is used.
  var label: String { count > 1 ? "\(title) ×\(count)" : title }
}

extension Diagram.Box {
  /// The name, with how many nodes the box stands for or with its value.
  var label: String {
    if let value { return TextWidth.shortened("\(name): \(value)", to: 60) }
    return count > 1 ? "\(title) ×\(count)" : title
  }
}

import Graph

/// Kinds of node like the real ones, whose checks need no files.
let testCatalog = NodeCatalog([
  NodeSchema(
    name: "load-checkpoint", version: 1, about: "Opens a checkpoint.",
    inputs: [PortSchema(name: "model", type: .path, about: "", locate: locateModel)],
    outputs: [
      output("model", .handle(.model, family)), output("encoder", .handle(.textEncoder, family)),
      output("vae", .handle(.vae, family)),
    ], infer: inferCheckpoint),
  NodeSchema(
    name: "encode-text", version: 1, about: "Turns text into conditioning.",
    inputs: [
      PortSchema(name: "encoder", type: .handle(.textEncoder, family), about: ""),
      PortSchema(name: "text", type: .text, about: ""),
    ], outputs: [output("conditioning", .handle(.conditioning, family))]),
  NodeSchema(
    name: "empty-latent", version: 1, about: "A latent of zeros.",
    inputs: [side("width"), side("height")],
    outputs: [output("latent", .latent(family, .unknown))], infer: inferEmptyLatent),
  NodeSchema(
    name: "sample", version: 1, about: "Takes noise away.",
    inputs: [
      PortSchema(name: "model", type: .handle(.model, family), about: ""),
      PortSchema(name: "positive", type: .handle(.conditioning, family), about: ""),
      PortSchema(
        name: "negative", type: .handle(.conditioning, family), about: "", presence: .optional),
      PortSchema(name: "latent", type: .latent(family, .unknown), about: ""),
      PortSchema(name: "seed", type: .seed, about: "", presence: .defaulted(.int(0))),
      PortSchema(
        name: "steps", type: .int, about: "", presence: .defaulted(.int(25)), range: 1...1000),
      PortSchema(
        name: "cfg", type: .float, about: "", presence: .defaulted(.float(5)), range: 0...100),
      PortSchema(
        name: "sampler", type: .choice(["euler", "euler_ancestral", "dpmpp_2m"]), about: "",
        presence: .defaulted(.text("euler"))),
      PortSchema(
        name: "schedule", type: .choice(["normal", "karras", "leading"]), about: "",
        presence: .defaulted(.text("normal"))),
      PortSchema(
        name: "denoise", type: .float, about: "", presence: .defaulted(.float(1)), range: 0...1),
    ], outputs: [output("latent", .latent(family, .unknown))], infer: inferSample),
  NodeSchema(
    name: "decode-latent", version: 1, about: "Turns a latent into an image.",
    inputs: [
      PortSchema(name: "vae", type: .handle(.vae, family), about: ""),
      PortSchema(name: "latent", type: .latent(family, .unknown), about: ""),
    ], outputs: [output("image", .image(.unknown))],
    infer: { $0.passExtent(from: "latent", to: "image") }),
  NodeSchema(
    name: "encode-image", version: 1, about: "Turns an image into a latent.",
    inputs: [
      PortSchema(name: "vae", type: .handle(.vae, family), about: ""),
      PortSchema(name: "image", type: .image(.unknown), about: ""),
    ], outputs: [output("latent", .latent(family, .unknown))],
    infer: { $0.passExtent(from: "image", to: "latent") }),
  NodeSchema(
    name: "load-image", version: 1, about: "Reads a picture.",
    inputs: [PortSchema(name: "path", type: .path, about: "")],
    outputs: [output("image", .image(.unknown))], infer: inferPicture),
  NodeSchema(
    name: "resize-image", version: 1, about: "Changes a picture's size.",
    inputs: [
      PortSchema(name: "image", type: .image(.unknown), about: ""),
      PortSchema(name: "size", type: .size, about: "", presence: .optional),
      PortSchema(name: "scale", type: .float, about: "", presence: .optional, range: 0.01...8),
    ], outputs: [output("image", .image(.unknown))], infer: inferResized),
  NodeSchema(
    name: "image-size", version: 1, about: "A picture's size.",
    inputs: [PortSchema(name: "image", type: .image(.unknown), about: "")],
    outputs: [output("width", .int), output("height", .int)]),
  NodeSchema(
    name: "fill-image", version: 1, about: "A picture of one colour.",
    inputs: [
      PortSchema(name: "size", type: .size, about: ""),
      PortSchema(
        name: "color", type: .color, about: "",
        presence: .defaulted(.color(ColorLiteral(red: 0, green: 0, blue: 0)))),
      PortSchema(name: "dither", type: .bool, about: "", presence: .defaulted(.bool(false))),
      PortSchema(
        name: "weights", type: .list(.float), about: "", presence: .defaulted(.list([]))),
    ], outputs: [output("image", .image(.unknown))]),
  NodeSchema(
    name: "describe-image", version: 1, about: "A picture's description, and how sure it is.",
    inputs: [PortSchema(name: "image", type: .image(.unknown), about: "")],
    outputs: [output("text", .text), output("certainty", .float), output("is-photo", .bool)]),
  NodeSchema(
    name: "refine-sdxl", version: 1, about: "Works on SDXL latents alone.",
    inputs: [PortSchema(name: "latent", type: .latent(.known(.sdxl), .unknown), about: "")],
    outputs: [output("latent", .latent(.known(.sdxl), .unknown))]),
  NodeSchema(
    name: "blend-images", version: 1, about: "Mixes two pictures of one size.",
    inputs: [
      PortSchema(name: "first", type: .image(.unknown), about: ""),
      PortSchema(name: "second", type: .image(.unknown), about: ""),
    ], outputs: [output("image", .image(.unknown))], infer: inferBlend),
  NodeSchema(
    name: "image-grid", version: 1, about: "Puts pictures beside each other.",
    inputs: [
      PortSchema(name: "images", type: .list(.image(.unknown)), about: ""),
      PortSchema(name: "labels", type: .list(.text), about: "", presence: .optional),
      PortSchema(
        name: "columns", type: .int, about: "", presence: .defaulted(.int(2)), range: 1...64),
    ], outputs: [output("image", .image(.unknown))]),
  NodeSchema(
    name: "blur-image", version: 1, about: "Blurs a picture, where the mask says so.",
    inputs: [
      PortSchema(name: "image", type: .image(.unknown), about: ""),
      PortSchema(name: "mask", type: .mask(.unknown), about: "", presence: .optional),
      PortSchema(
        name: "sigma", type: .float, about: "", presence: .defaulted(.float(2)), range: 0...200),
    ], outputs: [output("image", .image(.unknown))], infer: inferBlur),
  NodeSchema(
    name: "threshold-image", version: 1, about: "Where a picture is bright.",
    inputs: [PortSchema(name: "image", type: .image(.unknown), about: "")],
    outputs: [output("mask", .mask(.unknown))],
    infer: { $0.passExtent(from: "image", to: "mask") }),
])

private let family = FamilyTerm.variable("F")

private func output(_ name: String, _ type: PortType) -> PortSchema {
  PortSchema(name: name, type: type, about: "")
}

private func side(_ name: String) -> PortSchema {
  PortSchema(name: name, type: .int, about: "", presence: .defaulted(.int(512)), range: 8...8192)
}

/// `default` leads to the model that comes along, everything else to a path beside the graph.
@Sendable private func locateModel(_ written: String, _ folder: String) throws -> String {
  if written == "default" { return "/models/sdxl" }
  guard !written.hasSuffix("?") else {
    throw InferenceFailure(
      .unreadableFile, port: "model", "`\(written)` is no model", help: "write `default`")
  }
  return folder.isEmpty ? written : "\(folder)/\(written)"
}

/// A model's family is its path's last part here.
@Sendable private func inferCheckpoint(_ ports: inout Inference) throws {
  guard case .path(let path)? = ports.constants["model"],
    let last = path.resolved.split(separator: "/").last
  else { return }
  guard let family = Family(rawValue: String(last)) else {
    throw InferenceFailure(
      .unreadableFile, port: "model", "`\(path.written)` has no `model_index.json`",
      help: "name a folder in the diffusers layout, or `default`")
  }
  ports.families["F"] = family
}

@Sendable private func inferEmptyLatent(_ ports: inout Inference) throws {
  var extent = Extent.unknown
  if case .int(let width)? = ports.constants["width"] { extent.width = width }
  if case .int(let height)? = ports.constants["height"] { extent.height = height }
  for (port, side) in [("width", extent.width), ("height", extent.height)] {
    guard let side, side % 8 != 0 else { continue }
    throw InferenceFailure(
      .invalidSize, port: port, "the \(port), \(side), is no multiple of 8",
      help: "use \(side / 8 * 8) or \(side / 8 * 8 + 8)")
  }
  ports.setExtent(of: "latent", to: extent)
}

/// A picture's size stands in its name here, as in `cat-64x32.png`.
@Sendable private func inferPicture(_ ports: inout Inference) throws {
  guard case .path(let path)? = ports.constants["path"] else { return }
  guard path.resolved.hasSuffix(".png") else {
    throw InferenceFailure(
      .unreadableFile, port: "path", "`\(path.resolved)` does not exist", help: "name a PNG file")
  }
  let words = path.resolved.dropLast(4).split { $0 == "-" || $0 == "/" }
  guard let last = words.last else { return }
  let sides = last.split(separator: "x").compactMap { Int($0) }
  if sides.count == 2 {
    ports.setExtent(of: "image", to: Extent(width: sides[0], height: sides[1]))
  }
}

@Sendable private func inferResized(_ ports: inout Inference) throws {
  if case .size(let width, let height)? = ports.constants["size"] {
    ports.setExtent(of: "image", to: Extent(width: width, height: height))
  }
}

@Sendable private func inferBlend(_ ports: inout Inference) throws {
  guard case .image(let first)? = ports.inputs["first"],
    case .image(let second)? = ports.inputs["second"]
  else { return }
  guard first == second || first == .unknown || second == .unknown else {
    throw InferenceFailure(
      .sizeMismatch, port: "second", others: ["first"],
      "`second` is \(second), `first` is \(first)",
      help: "resize one of them with `resize-image`")
  }
  ports.setExtent(of: "image", to: first == .unknown ? second : first)
}

@Sendable private func inferSample(_ ports: inout Inference) throws {
  ports.passExtent(from: "latent", to: "latent")
  guard ports.constants["cfg"] == .float(1), ports.inputs["negative"] != nil else { return }
  ports.warn(
    .needlessValue, port: "negative", others: ["cfg"],
    "with a `cfg` of 1, `negative` changes nothing", help: "raise `cfg`, or leave `negative` out")
}

@Sendable private func inferBlur(_ ports: inout Inference) throws {
  ports.passExtent(from: "image", to: "image")
  guard case .image(let extent)? = ports.inputs["image"], extent != .unknown,
    case .mask(let masked)? = ports.inputs["mask"], masked != .unknown, masked != extent
  else { return }
  throw InferenceFailure(
    .sizeMismatch, port: "mask", others: ["image"], "`mask` is \(masked), `image` is \(extent)",
    help: "resize one of them with `resize-image`")
}

extension Inference {
  fileprivate mutating func passExtent(from input: String, to output: String) {
    switch inputs[input] {
    case .image(let extent), .mask(let extent), .latent(_, let extent):
      setExtent(of: output, to: extent)
    default: break
    }
  }

  fileprivate mutating func setExtent(of port: String, to extent: Extent) {
    switch outputs[port] {
    case .image: outputs[port] = .image(extent)
    case .mask: outputs[port] = .mask(extent)
    case .latent(let family, _): outputs[port] = .latent(family, extent)
    default: break
    }
  }
}

/// Where a plan has come to: what is held, and what making the current picture takes.
struct BandState {
  private(set) var choices: [BandChoice] = []
  private(set) var cost = 0
  /// The most bytes that were held so far.
  private(set) var peak: Int
  /// Whether the current picture is in memory.
  private(set) var isStored = true
  /// The bytes of the pictures that the current one is, or is made from.
  private var held: Int
  /// The multiplications of making the current picture once, and the bytes of the bands meanwhile.
  private var passCost = 0
  private var passBytes = 0

  init(holding picture: PictureSize) {
    held = picture.byteCount
    peak = held
  }

  /// What can be made of a step, from `input` to `output`.
  func after(_ step: BandStep, _ input: PictureSize, _ output: PictureSize) -> [BandState] {
    var state = self
    if step.needsMoments, !isStored { state.pass() }
    return switch step.work {
    case .resnet: state.afterResnet(Resnet(input, output))
    case .convolution, .upsampling, .downsampling: state.afterConvolution(input, output)
    }
  }

  private func afterConvolution(_ input: PictureSize, _ output: PictureSize) -> [BandState] {
    let cost = 9 * output.pixels * input.channels * output.channels
    let bytes = convolutionBytes(input, output)
    return [
      choosing(BandChoice(storesOutput: true)) {
        let over = isStored && input.canBecome(output)
        $0.pass(cost, bytes: bytes, storing: over ? 0 : output.byteCount)
        $0.hold(output)
      },
      choosing(BandChoice(storesOutput: false)) { $0.add(cost, bytes: bytes) },
    ]
  }

  private func afterResnet(_ resnet: Resnet) -> [BandState] {
    var states = withHiddenStored(resnet) + withHiddenRecomputed(resnet)
    if resnet.shortcut > 0 { states.append(paired(resnet)) }
    return states
  }

  private func withHiddenStored(_ resnet: Resnet) -> [BandState] {
    var state = self
    let size = resnet.output.byteCount
    state.pass(resnet.first, bytes: resnet.firstBytes, storing: size)
    state.held += size
    state.add(resnet.shortcut + resnet.second, bytes: resnet.secondBytes)
    return [
      state.choosing(BandChoice(hidden: .stored, storesOutput: true)) {
        $0.pass()
        $0.hold(resnet.output)
      },
      state.choosing(BandChoice(hidden: .stored, storesOutput: false)) { _ in },
    ]
  }

  private func withHiddenRecomputed(_ resnet: Resnet) -> [BandState] {
    var state = self
    state.pass(resnet.first, bytes: resnet.firstBytes)
    state.add(
      resnet.first + resnet.shortcut + resnet.second,
      bytes: resnet.firstBytes + resnet.secondBytes)
    let over = isStored && resnet.input.canBecome(resnet.output)
    return [
      state.choosing(BandChoice(hidden: .recomputed, storesOutput: true)) {
        $0.pass(storing: over ? 0 : resnet.output.byteCount)
        $0.hold(resnet.output)
      },
      state.choosing(BandChoice(hidden: .recomputed, storesOutput: false)) { _ in },
    ]
  }

  private func paired(_ resnet: Resnet) -> BandState {
    let pair = resnet.pair
    return choosing(BandChoice(hidden: .paired, storesOutput: true)) {
      let over = isStored && resnet.input.canBecome(pair)
      $0.pass(
        resnet.first + resnet.shortcut, bytes: resnet.firstBytes + 2 * pair.bandByteCount,
        storing: over ? 0 : pair.byteCount)
      if !over { $0.held += pair.byteCount }
      ($0.passCost, $0.passBytes) = (0, 0)
      $0.pass(resnet.second, bytes: resnet.secondBytes + pair.bandByteCount)
      $0.hold(resnet.output)
    }
  }

  // MARK: - Steps of a step

  private func choosing(_ choice: BandChoice, _ change: (inout BandState) -> Void) -> BandState {
    var state = self
    state.isStored = false
    change(&state)
    state.choices.append(choice)
    return state
  }

  /// Makes the current picture once, and something from it that may be stored.
  private mutating func pass(_ more: Int = 0, bytes: Int = 0, storing: Int = 0) {
    cost += passCost + more
    peak = max(peak, held + passBytes + bytes + storing)
  }

  /// From now on, making the current picture takes this too.
  private mutating func add(_ cost: Int, bytes: Int) {
    passCost += cost
    passBytes += bytes
  }

  /// The current picture is stored now, and nothing else.
  private mutating func hold(_ picture: PictureSize) {
    held = picture.byteCount
    (passCost, passBytes) = (0, 0)
    isStored = true
  }
}

/// The bands around a convolution: three that go in and the one that comes next, their window, and what comes
/// out; the packed weights and their factors.
private func convolutionBytes(_ input: PictureSize, _ output: PictureSize) -> Int {
  6 * input.bandByteCount + 2 * output.bandByteCount
    + 45 * input.channels * output.channels * MemoryLayout<Float>.stride
}

/// The costs of a resnet, in multiplications, and the bytes of its bands.
private struct Resnet {
  let input, output: PictureSize

  init(_ input: PictureSize, _ output: PictureSize) {
    self.input = input
    self.output = output
  }

  var first: Int { 9 * output.pixels * input.channels * output.channels }
  var second: Int { 9 * output.pixels * output.channels * output.channels }
  var shortcut: Int {
    input.channels == output.channels ? 0 : output.pixels * input.channels * output.channels
  }
  var firstBytes: Int { convolutionBytes(input, output) }
  var secondBytes: Int {
    convolutionBytes(output, output) + 3 * input.bandByteCount + 2 * output.bandByteCount
  }
  var pair: PictureSize {
    PictureSize(lines: output.lines, width: output.width, channels: 2 * output.channels)
  }
}

// MARK: - Choosing

extension BandState {
  /// Those that no other beats in everything that counts for what follows.
  static func best(of states: [BandState]) -> [BandState] {
    var kept: [BandState] = []
    for state in states.sorted(by: { ($0.cost, $0.peak) < ($1.cost, $1.peak) })
    where !kept.contains(where: { $0.isNotWorse(than: state) }) {
      kept.append(state)
    }
    return kept
  }

  private func isNotWorse(than other: BandState) -> Bool {
    cost <= other.cost && held <= other.held && passCost <= other.passCost
      && passBytes <= other.passBytes && (isStored || !other.isStored)
  }
}

import Glibc
import Tensor

/// A ControlNet with the picture that prompts follow by it, and how closely they do.
public struct Control: Sendable {
  /// Whether the picture or the prompt matters more: the control modes of sd-webui-controlnet (`scripts/hook.py`),
  /// of which `control` is the guess mode of Zhang's own code.
  public enum Mode: String, Sendable, CaseIterable {
    /// The picture counts the same in every block, for the prompt and the negative prompt.
    case balanced
    /// What the ControlNet says counts less the higher up in the UNet it is said: 0.825 times for each step up from
    /// the middle.
    case prompt
    /// The same for the prompt, and nothing for the negative prompt, so that guidance is towards the picture too.
    case control
  }

  let network: ControlNet
  /// `[1, H, W, 3]`, in 0...1.
  private(set) var hint: Tensor
  /// How much of what it says is added, from 0.
  public var strength: Float = 1
  /// When it holds.
  public var range = TimestepRange()
  /// Whether the picture or the prompt matters more.
  public var mode = Mode.balanced
  /// Where it holds: `[H, W]`, from 0 to 1, of any size, stretched over the picture; nil for everywhere.
  public var mask: Tensor?
  private let check: ResultCheck
  private let token = Token()

  private final class Token: Sendable {}

  /// - Parameter hint: `[1, H, W, 3]`, in 0...1, of the size of the picture that is drawn.
  /// - Throws: `CheckpointError` or `SafetensorsError` where the ControlNet cannot be loaded.
  public init(_ model: ControlNetModel, hint: Tensor) throws {
    network = try model.network()
    check = model.check
    self.hint = hint
  }

  /// The memory that the hint and the mask hold, in bytes.
  public var byteCount: Int { hint.byteCount + (mask?.byteCount ?? 0) }

  /// About what a step takes at most beside the weights and what the UNet does, in bytes, for a latent `[N, h, w, C]`:
  /// a call of the network, and what it leaves for the UNet.
  public func peakBytes(batch: Int, height: Int, width: Int) -> Int {
    2 * network.configuration.trunk.peakBytes(batch: batch, height: height, width: width)
  }

  /// The same in a window of the picture that is drawn. Throws `ControlError` for a hint of another size than the picture.
  func cropped(to window: PictureWindow) throws(ControlError) -> Control {
    guard (hint.shape[2], hint.shape[1]) == (window.pictureWidth, window.pictureHeight) else {
      throw .hintSize(
        expected: "\(window.pictureWidth)x\(window.pictureHeight)",
        found: "\(hint.shape[2])x\(hint.shape[1])")
    }
    var control = self
    control.hint = hint.cropped(to: window)
    control.mask = mask.map { PromptMask(values: $0).cropped(to: window).values }
    return control
  }

  /// Tells one application of a ControlNet from every other; copies share it.
  var id: ObjectIdentifier { ObjectIdentifier(token) }

  /// What each of the residuals is multiplied by, the first first.
  func weights(count: Int) -> [Float] {
    (1...count).map { place in
      mode == .balanced ? strength : strength * powf(0.825, Float(count - place))
    }
  }

  /// Where results that were made with it are no numbers: throws if it is because of its weights.
  public func verify(_ results: Tensor) throws { try check.blaming(results) }
}

extension Conditioning {
  /// Every prompt with one more ControlNet.
  public func controlled(by control: Control) -> Conditioning {
    mapParts { $0.controls.append(control) }
  }

  /// The same prompts, and those without ControlNets with those of the other's first.
  public func controlled(as other: Conditioning) -> Conditioning {
    mapParts { if $0.controls.isEmpty { $0.controls = other.parts[0].controls } }
  }

  /// All ControlNets of its prompts.
  public var controls: [Control] { parts.flatMap(\.controls) }
}

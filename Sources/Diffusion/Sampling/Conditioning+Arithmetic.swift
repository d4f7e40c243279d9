import Tensor

extension Conditioning {
  /// Every prompt with its own place and time: their predictions are averaged (ComfyUI's
  /// `ConditioningCombine`).
  public func combined(with other: Conditioning) -> Conditioning {
    Conditioning(parts + other.parts)
  }

  /// Every prompt with the tokens of the other's first one behind its own, as if it were one long text
  /// (ComfyUI's `ConditioningConcat`). Throws `ConditioningError`.
  public func concatenated(with other: Conditioning) throws -> Conditioning {
    try mapParts { part in
      try part.verifyWidth(of: other.parts[0])
      part.context = part.context.concatenated(with: other.context, axis: 1)
    }
  }

  /// Every prompt moved towards the other's first one (ComfyUI's `ConditioningAverage`).
  ///
  /// Prompts keep their numbers of tokens: the other is cut off, or filled up with zeros. Throws
  /// `ConditioningError`.
  /// - Parameter share: how much of the other there is, 0 to 1.
  public func averaged(with other: Conditioning, share: Float) throws -> Conditioning {
    let target = other.parts[0]
    return try mapParts { part in
      try part.verifyWidth(of: target)
      let tokens = target.context.withTokens(part.context.shape[1])
      part.context = part.context.mixed(with: tokens, share: share)
      guard let pooled = target.pooled else { return }
      part.pooled = part.pooled?.mixed(with: pooled, share: share) ?? pooled
    }
  }

  /// The same prompts of zeros alone (ComfyUI's `ConditioningZeroOut`).
  public func zeroed() -> Conditioning {
    mapParts { part in
      part.context = Tensor(part.context.shape, repeating: 0)
      part.pooled = part.pooled.map { Tensor($0.shape, repeating: 0) }
    }
  }

  /// Every prompt with the same channels behind the latent's.
  /// - Parameter channels: `[1, h, w, C']`.
  public func showing(_ channels: Tensor) -> Conditioning {
    mapParts { $0.concat = channels }
  }

  /// The same prompts, and those without channels behind the latent's with the other's, if it has any.
  public func showingPicture(of other: Conditioning) -> Conditioning {
    mapParts { $0.concat = $0.concat ?? other.parts[0].concat }
  }

  /// The conditioning with every prompt changed.
  public func mapParts<Failure: Error>(
    _ change: (inout Part) throws(Failure) -> Void
  ) throws(Failure) -> Conditioning {
    var changed = self
    for index in parts.indices { try change(&changed.parts[index]) }
    return changed
  }
}

extension Conditioning.Part {
  fileprivate func verifyWidth(of other: Self) throws {
    let (width, found) = (context.shape[-1], other.context.shape[-1])
    guard width == found else { throw ConditioningError.widths(width, found) }
    guard let pooled, let theirs = other.pooled, pooled.shape != theirs.shape else { return }
    throw ConditioningError.widths(pooled.shape[-1], theirs.shape[-1])
  }
}

extension Tensor {
  /// Tokens `[1, L, D]` cut off after `count`, or filled up with zeros.
  fileprivate func withTokens(_ count: Int) -> Tensor {
    let (own, width) = (shape[1], shape[2])
    if own >= count { return slice(0..<count, axis: 1) }
    return concatenated(with: Tensor([1, count - own, width], repeating: 0), axis: 1)
  }

  fileprivate func mixed(with other: Tensor, share: Float) -> Tensor {
    self * (1 - share) + other * share
  }
}

/// What is wrong with a conditioning.
public enum ConditioningError: Error, Equatable, Sendable {
  /// Two prompts have been encoded for different models.
  case widths(Int, Int)
  /// The area begins beyond a picture of this size.
  case areaOutside(PromptArea, width: Int, height: Int)
}

extension ConditioningError: CustomStringConvertible {
  /// What is wrong, with its numbers, and what to do.
  public var description: String {
    switch self {
    case .widths(let one, let other):
      "a conditioning \(one) wide cannot be mixed with one \(other) wide: encode both texts with one "
        + "checkpoint's encoder"
    case .areaOutside(let area, let width, let height):
      "the area that begins at \(area.origin) lies outside of the picture, \(width)x\(height): move it, "
        + "or draw a larger picture"
    }
  }
}

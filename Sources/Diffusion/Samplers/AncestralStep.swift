/// A step in two parts: down below the next noise level, and by fresh noise up to it (k-diffusion's
/// `get_ancestral_step`).
struct AncestralStep {
  /// The level that is reached without noise.
  let below: Float
  /// The deviation of the noise that leads up from there.
  let fresh: Float

  /// - Parameter eta: 0 goes straight to `next`, 1 replaces as much as the training's process does.
  init(from sigma: Float, to next: Float, eta: Float) {
    let (sigma, next) = (Double(sigma), Double(next))
    let whole = next * ((sigma - next) * (sigma + next)).squareRoot() / sigma
    let fresh = min(next, Double(eta) * whole)
    self.fresh = Float(fresh)
    below = Float(((next - fresh) * (next + fresh)).squareRoot())
  }
}

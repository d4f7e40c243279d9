extension NoiseScheduleConfiguration {
  /// Sigma by training step, rising, as the betas make it.
  var sigmasOfBetas: [Float] {
    var products = Self.alphaProducts(betas)
    if rescalesToZeroTerminalSNR {
      products = Self.alphaProducts(Self.rescaledToZeroTerminalSNR(betas))
      products[products.count - 1] = 0x1p-24
    }
    return products.map { ((1 - $0) / $0).squareRoot() }
  }

  private static func alphaProducts(_ betas: [Float]) -> [Float] {
    var product = 1.0
    return betas.map { beta in
      product *= Double(1 - beta)
      return Float(product)
    }
  }

  /// Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed" (2024), algorithm 1.
  ///
  /// The last product of alphas becomes zero; as in diffusers it is then set to a little more, so that its
  /// sigma is finite.
  private static func rescaledToZeroTerminalSNR(_ betas: [Float]) -> [Float] {
    let roots = alphaProducts(betas).map { $0.squareRoot() }
    let (first, last) = (roots[0], roots[roots.count - 1])
    let products = roots.map { root in
      let moved = (root - last) * (first / (first - last))
      return moved * moved
    }
    return [1 - products[0]] + zip(products.dropFirst(), products).map { 1 - $0 / $1 }
  }
}

import Tensor
import Testing

@testable import Diffusion

/// Latents in other sizes, compared with PyTorch's `interpolate`: see `Scripts/reference/upscalers.py`.
struct LatentFilterTests {
  @Test(arguments: LatentFilter.allCases, [(12, 18), (9, 13), (3, 4), (6, 9), (1, 1), (20, 5)])
  func interpolatesAsPyTorch(filter: LatentFilter, size: (Int, Int)) throws {
    let file = try SafetensorsFile(path: Fixtures.path("upscalers/latents.safetensors"))
    let latent = try file.tensor("latent").transposedToChannelsLast()
    let expected = try file.tensor("\(filter).\(size.0)x\(size.1)").transposedToChannelsLast()
    let found = latent.interpolated(toHeight: size.0, width: size.1, by: filter)
    #expect(found.relativeError(to: expected) < 1e-6)
  }
}

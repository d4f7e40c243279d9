import DefaultModel
import Testing

@testable import Diffusion
@testable import Tensor

@Suite struct UNetMemoryTests {
  /// On one thread, because how much scratch several threads hold at once is a matter of chance.
  @Test func aWarmedUpCallTakesNoFreshMemory() throws {
    let unet = try Checkpoint(opening: DefaultModel.path ?? "").unet()
    let latent = Tensor([2, 32, 32, 4], repeating: 0.5)
    let context = Tensor([2, 77, unet.contextWidth], repeating: 0.1)
    try TensorArena.keeping {
      try onThisThreadAlone {
        _ = unet(latent, timestep: 500, context: context)
        let warm = try #require(TensorArena.usage)
        for step in 1...4 {
          _ = unet(latent, timestep: Float(100 * step), context: context)
        }
        #expect(TensorArena.usage == warm)
        #expect(warm.refusals == 0 && warm.peakBytes > 1 << 20)
      }
    }
  }

  private func onThisThreadAlone(_ work: () throws -> Void) throws {
    var result: Result<Void, any Error> = .success(())
    CurrentThread.whileInLoop { result = Result(catching: work) }
    try result.get()
  }
}

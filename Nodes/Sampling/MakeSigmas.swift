import Diffusion
import Engine
import Graph

/// The noise levels of a run.
struct MakeSigmas: Node {
  static let name = "make-sigmas"
  static let version = 1
  static let about = """
    The noise levels that `sample` would have with these values, as a list that can be split, joined \
    and scaled. A list can also be written: `sigmas: [14.6, 7, 3, 0]`.
    """

  @Input("The model whose levels these are.") var model: DiffusionModel
  @Input("How the levels are spaced.") var schedule: ScheduleName = .normal
  @Input("How many steps the levels make.", in: 1...1000) var steps: Int = 20
  @Input("How much of a latent the run makes anew; 1 is all of it.", in: 0...1)
  var denoise: Double = 1
  @Input(
    """
    The sampler that will follow the levels: for `dpm_2`, `dpm_2_ancestral`, `uni_pc` and `uni_pc_bh2`, the level \
    before the last is left out, as in ComfyUI.
    """)
  var sampler: SamplerName = .euler
  @Output("The levels, falling to zero.") var sigmas: [Double]

  func run(_ context: RunContext) throws {
    sigmas = schedule.sigmas(
      NoiseSchedule(model.noise), steps: steps, denoise: denoise,
      skipsPenultimate: sampler.skipsPenultimateLevel
    ).map(Double.init)
  }
}

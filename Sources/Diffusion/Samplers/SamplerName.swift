import Tensor

/// A sampler by the name that users of ComfyUI know.
public enum SamplerName: String, Sendable, CaseIterable {
  case euler
  case eulerAncestral = "euler_ancestral"
  case heun
  case dpm2 = "dpm_2"
  case dpm2Ancestral = "dpm_2_ancestral"
  case lms
  case dpmpp2SAncestral = "dpmpp_2s_ancestral"
  case dpmppSDE = "dpmpp_sde"
  case dpmpp2M = "dpmpp_2m"
  case dpmpp2MSDE = "dpmpp_2m_sde"
  case dpmpp3MSDE = "dpmpp_3m_sde"
  case ddpm
  case ddim
  case lcm
  case uniPC = "uni_pc"
  case uniPCBH2 = "uni_pc_bh2"
  case deis
  case ipndm
  case resMultistep = "res_multistep"

  /// Takes a noisy latent, `[N, h, w, C]`, from the first noise level of the run to the last.
  public var sample: @Sendable (_ x: Tensor, _ run: SamplerRun) throws -> Tensor {
    switch self {
    case .euler: sampleEuler
    case .eulerAncestral: sampleEulerAncestral
    case .heun: sampleHeun
    case .dpm2: sampleDPM2
    case .dpm2Ancestral: sampleDPM2Ancestral
    case .lms: sampleLMS
    case .dpmpp2SAncestral: sampleDPMPP2SAncestral
    case .dpmppSDE: sampleDPMPPSDE
    case .dpmpp2M: sampleDPMPP2M
    case .dpmpp2MSDE: sampleDPMPP2MSDE
    case .dpmpp3MSDE: sampleDPMPP3MSDE
    case .ddpm: sampleDDPM
    case .ddim: sampleDDIM
    case .lcm: sampleLCM
    case .uniPC: sampleUniPC
    case .uniPCBH2: sampleUniPCBH2
    case .deis: sampleDEIS
    case .ipndm: sampleIPNDM
    case .resMultistep: sampleResMultistep
    }
  }

  /// Whether noise comes from a Brownian motion, so that it belongs to the levels and not to the steps.
  var followsBrownianMotion: Bool {
    switch self {
    case .dpmppSDE, .dpmpp2MSDE, .dpmpp3MSDE: true
    default: false
    }
  }

  /// Whether a schedule is made for one step more, and the level before the last is then left out:
  /// ComfyUI's `DISCARD_PENULTIMATE_SIGMA_SAMPLERS`.
  public var skipsPenultimateLevel: Bool {
    switch self {
    case .dpm2, .dpm2Ancestral, .uniPC, .uniPCBH2: true
    default: false
    }
  }
}

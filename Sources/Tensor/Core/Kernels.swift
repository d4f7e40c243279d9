import CKernels

/// Which kernels this process computes with.
public enum Kernels {
  /// What they are called: `avx512-vnni`, `avx512`, `avx2-vnni`, `avx2`, `neon`, `portable`, or `openblas`
  /// where matrix products go there.
  public static var name: String {
    kernels_prefer_openblas() ? "openblas" : String(cString: kernels().pointee.name)
  }

  /// What this processor runs, the fastest first.
  public static var names: [String] {
    (0...).lazy.map { kernels_at($0) }.prefix { $0 != nil }
      .compactMap { $0.map { String(cString: $0.pointee.name) } } + ["openblas"]
  }

  /// A sentence where `EASEL_CPU` names kernels that this processor does not run; otherwise nil.
  public static var missing: String? {
    kernels_missing().map {
      "EASEL_CPU is `\(String(cString: $0))`, which this processor does not run: leave it out, or name one of "
        + names.joined(separator: ", ")
    }
  }
}

#include "CKernels.h"

extern const KernelTable portable_kernels;

const KernelTable *kernels_portable(void) { return &portable_kernels; }

#if defined(__x86_64__)

extern const KernelTable avx2_kernels;

const KernelTable *kernels(void) {
  const int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                       __builtin_cpu_supports("f16c");
  return has_avx2 ? &avx2_kernels : &portable_kernels;
}

#else

const KernelTable *kernels(void) { return &portable_kernels; }

#endif

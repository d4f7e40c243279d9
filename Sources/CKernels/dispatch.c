// Which kernels this processor runs: found out once, when the program is loaded.

#include "CKernels.h"

extern const KernelTable portable_kernels;

static const KernelTable *fastest = &portable_kernels;

const KernelTable *kernels(void) { return fastest; }

const KernelTable *kernels_portable(void) { return &portable_kernels; }

#if defined(__x86_64__)

extern const KernelTable avx2_kernels;

__attribute__((constructor)) static void find_fastest(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("f16c"))
    fastest = &avx2_kernels;
}

#endif

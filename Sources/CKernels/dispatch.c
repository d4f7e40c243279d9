// Which kernels this processor runs: found out once, when the program is loaded.

#include "CKernels.h"
#include <stdlib.h>
#include <string.h>

extern const KernelTable portable_kernels;

enum { MOST = 8 };

// The fastest first; null behind the last.
static const KernelTable *runnable[MOST] = {&portable_kernels};
static const KernelTable *chosen = &portable_kernels;
static const char *missing;
static bool prefers_openblas;

const KernelTable *kernels(void) { return chosen; }

const KernelTable *kernels_portable(void) { return &portable_kernels; }

const KernelTable *kernels_at(size_t index) { return index < MOST ? runnable[index] : NULL; }

const char *kernels_missing(void) { return missing; }

bool kernels_prefer_openblas(void) { return prefers_openblas; }

static void find_runnable(void) {
  size_t count = 0;
#if defined(__x86_64__)
  extern const KernelTable avx512_vnni_kernels, avx512_kernels, avx2_vnni_kernels, avx2_kernels;
  __builtin_cpu_init();
  const int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                       __builtin_cpu_supports("f16c");
  const int has_avx512 =
      has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (has_avx512 && __builtin_cpu_supports("avx512vnni")) runnable[count++] = &avx512_vnni_kernels;
  if (has_avx512) runnable[count++] = &avx512_kernels;
  if (has_avx2 && __builtin_cpu_supports("avxvnni")) runnable[count++] = &avx2_vnni_kernels;
  if (has_avx2) runnable[count++] = &avx2_kernels;
#elif defined(__aarch64__)
  extern const KernelTable neon_kernels;
  runnable[count++] = &neon_kernels;
#endif
  runnable[count] = &portable_kernels;
}

__attribute__((constructor)) static void choose(void) {
  find_runnable();
  chosen = runnable[0];
  prefers_openblas = chosen == &portable_kernels;
  const char *wanted = getenv("EASEL_CPU");
  if (!wanted || !*wanted) return;
  prefers_openblas = strcmp(wanted, "openblas") == 0;
  if (prefers_openblas) {
    chosen = &portable_kernels;
    return;
  }
  for (size_t i = 0; i < MOST && runnable[i]; i++) {
    if (strcmp(runnable[i]->name, wanted) != 0) continue;
    chosen = runnable[i];
    return;
  }
  missing = wanted;
}

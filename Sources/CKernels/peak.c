// What the processor can do at most: multiplications and additions of registers alone, in as many chains as
// hide their latency. The widest instructions count, whichever the kernels use.

#include "CKernels.h"

#pragma clang fp contract(fast)

/// Two units that take up to five cycles each need ten; with the factor and the term they fit into 16 registers.
#define CHAINS 12

/// `rounds` fused steps in each chain of vectors; `KEEP` is the constraint that keeps a vector in a register.
#define FMA_CHAINS(Vector, KEEP)                                                      \
  Vector chains[CHAINS];                                                              \
  Vector factor = (Vector){} + 0.999f, term = (Vector){} + 0.001f;                    \
  _Pragma("clang loop unroll(full)") for (int i = 0; i < CHAINS; i++)                 \
      chains[i] = (Vector){} + (float)(i + 2);                                        \
  for (size_t round = 0; round < rounds; round++)                                     \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < CHAINS; i++)               \
        chains[i] = chains[i] * factor + term;                                        \
  _Pragma("clang loop unroll(full)") for (int i = 0; i < CHAINS; i++)                 \
      __asm__ volatile("" ::KEEP(chains[i]));                                         \
  return 2 * CHAINS * rounds * (sizeof(Vector) / sizeof(float))

typedef float Vector128 __attribute__((vector_size(16)));

#if defined(__aarch64__)

size_t fma_rounds(size_t rounds) { FMA_CHAINS(Vector128, "w"); }

#elif defined(__x86_64__)

typedef float Vector256 __attribute__((vector_size(32)));
typedef float Vector512 __attribute__((vector_size(64)));

__attribute__((target("avx512f"))) static size_t fma_rounds_avx512(size_t rounds) {
  FMA_CHAINS(Vector512, "v");
}

__attribute__((target("avx2,fma"))) static size_t fma_rounds_avx2(size_t rounds) {
  FMA_CHAINS(Vector256, "x");
}

static size_t fma_rounds_sse(size_t rounds) { FMA_CHAINS(Vector128, "x"); }

size_t fma_rounds(size_t rounds) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f")) return fma_rounds_avx512(rounds);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return fma_rounds_avx2(rounds);
  return fma_rounds_sse(rounds);
}

#else

size_t fma_rounds(size_t rounds) { FMA_CHAINS(Vector128, "m"); }

#endif

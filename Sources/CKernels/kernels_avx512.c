// The same loops for AVX-512 (F, BW, DQ, VL).

#if defined(__x86_64__)

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma,f16c"))), \
                             apply_to = function)

static void widen_f16(const void *x, float *y, size_t count) {
  const char *halves = x;
  for (size_t i = 0; i < count; i += 16) {
    const size_t left = count - i;
    const __mmask16 mask = left < 16 ? (__mmask16)((1u << left) - 1) : (__mmask16)0xffff;
    const __m256i part = _mm256_maskz_loadu_epi16(mask, halves + 2 * i);
    _mm512_mask_storeu_ps(y + i, mask, _mm512_cvtph_ps(part));
  }
}

#define INT8_GROUP 2
#define INT8_OFFSET 0
#define INT8_DOT(sum, a, b) ((sum) + (ivec)_mm512_madd_epi16((__m512i)(a), (__m512i)(b)))

#define WIDEN_F16 widen_f16
#define VEC_LANES 16
#define VEC_FMA 1
#define TILE_ROWS 12
#define TILE_VECTORS 2
#define KERNEL_NAME "avx512"
#define KERNEL_TABLE avx512_kernels
#include "kernel_bodies.h"

#pragma clang attribute pop

// The same with AVX-512 VNNI.
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma,f16c"))), \
    apply_to = function)

#define INT8(name) int8_vnni_##name
#define INT8_GROUP 4
#define INT8_OFFSET 128
#define INT8_DOT(sum, a, b) \
  ((ivec)_mm512_dpbusd_epi32((__m512i)(sum), (__m512i)(b), (__m512i)(a)))
#include "int8.h"
TABLE(avx512_vnni_kernels, "avx512-vnni", int8_vnni);

#pragma clang attribute pop

#endif

// The same loops for AVX2, FMA and F16C.

#if defined(__x86_64__)

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

static void widen_f16(const void *x, float *y, size_t count) {
  const char *halves = x;
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    _mm256_storeu_ps(y + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(halves + 2 * i))));
  uint16_t rest[8] = {0};
  float widened[8];
  memcpy(rest, halves + 2 * i, 2 * (count - i));
  _mm256_storeu_ps(widened, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)rest)));
  memcpy(y + i, widened, 4 * (count - i));
}

#define INT8_GROUP 2
#define INT8_OFFSET 0
#define INT8_DOT(sum, a, b) ((sum) + (ivec)_mm256_madd_epi16((__m256i)(a), (__m256i)(b)))

#define WIDEN_F16 widen_f16
#define VEC_LANES 8
#define VEC_FMA 1
#define TILE_ROWS 6
#define TILE_VECTORS 2
#define KERNEL_NAME "avx2"
#define KERNEL_TABLE avx2_kernels
#include "kernel_bodies.h"

#pragma clang attribute pop

// The same with AVX-VNNI.
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,avxvnni"))), apply_to = function)

#define INT8(name) int8_vnni_##name
#define INT8_GROUP 4
#define INT8_OFFSET 128
#define INT8_DOT(sum, a, b) \
  ((ivec)_mm256_dpbusd_avx_epi32((__m256i)(sum), (__m256i)(b), (__m256i)(a)))
#include "int8.h"
TABLE(avx2_vnni_kernels, "avx2-vnni", int8_vnni);

#pragma clang attribute pop

#endif

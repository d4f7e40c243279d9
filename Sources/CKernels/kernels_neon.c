// The same loops for 64-bit Arm, whose every processor has NEON and widens half floats.

#if defined(__aarch64__)

#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static void widen_f16(const void *x, float *y, size_t count) {
  const char *halves = x;
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    float16x4_t part;
    memcpy(&part, halves + 2 * i, sizeof part);
    vst1q_f32(y + i, vcvt_f32_f16(part));
  }
  for (; i < count; i++) {
    __fp16 half;
    memcpy(&half, halves + 2 * i, sizeof half);
    y[i] = half;
  }
}

// Two products of 127 * 127 at most fit into 16 bits.
static int32x4_t dot_words(int32x4_t sum, int8x16_t a, int8x16_t b) {
  const int16x8_t low = vmull_s8(vget_low_s8(a), vget_low_s8(b));
  return vpadalq_s16(sum, vpaddq_s16(low, vmull_high_s8(a, b)));
}

#define INT8_GROUP 4
#define INT8_OFFSET 0
#define INT8_DOT(sum, a, b) ((ivec)dot_words((int32x4_t)(sum), (int8x16_t)(a), (int8x16_t)(b)))

#define WIDEN_F16 widen_f16
#define VEC_LANES 4
#define VEC_FMA 1
#define TILE_ROWS 6
#define TILE_VECTORS 4
#define KERNEL_NAME "neon"
#define KERNEL_TABLE neon_kernels
#include "kernel_bodies.h"

#endif

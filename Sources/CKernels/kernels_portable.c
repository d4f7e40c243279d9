// Plain C, for every processor.

#define VEC_LANES 4
#define VEC_FMA 0
#define TILE_ROWS 4
#define TILE_VECTORS 2

#include "vector_math.h"
#include <stddef.h>

// The exponent and the fraction are moved to their places in an f32; the product with 2^112 mends
// the exponent's bias and makes subnormals normal, without rounding. NaNs become quiet.
static void widen_f16(const void *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint16_t half;
    memcpy(&half, (const char *)x + 2 * i, sizeof half);
    const uint32_t sign = (uint32_t)(half & 0x8000u) << 16;
    const uint32_t magnitude = (uint32_t)(half & 0x7fffu) << 13;
    const uint32_t finite = bits_of_float(float_of_bits(magnitude) * 0x1p112f);
    const uint32_t special = magnitude | 0x7f800000u | (magnitude > 0x0f800000u ? 0x400000u : 0u);
    y[i] = float_of_bits(sign | (magnitude >= 0x0f800000u ? special : finite));
  }
}

// Two elements of 16 bits in each lane.
#define INT8_GROUP 2
#define INT8_OFFSET 0
#define INT8_DOT(sum, a, b) \
  ((sum) + ((a) << 16 >> 16) * ((b) << 16 >> 16) + ((a) >> 16) * ((b) >> 16))

#define WIDEN_F16 widen_f16
#define KERNEL_NAME "portable"
#define KERNEL_TABLE portable_kernels
#include "kernel_bodies.h"

// Elementary functions without branches or calls, so that loops over them become vector code.
#ifndef EASEL_VECTOR_MATH_H
#define EASEL_VECTOR_MATH_H

#include <stdint.h>
#include <string.h>

static inline float float_of_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline uint32_t bits_of_float(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

// e^x within 2 ulp; arguments are clamped so that the result is neither infinite nor subnormal.
//
// x = n ln 2 + r with |r| <= ln 2 / 2, and e^x = 2^n e^r. The sum with 1.5 * 2^23 rounds to an
// integer and leaves it in the low bits. ln 2 is split so that n times its high part is exact.
// The polynomial interpolates (e^r - 1 - r) / r^2 at Chebyshev nodes: error 1.1e-8.
static inline float exponential(float x) {
  const float rounder = 12582912.0f;
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  const float shifted = x * 1.44269504f + rounder;
  const float n = shifted - rounder;
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 0.0013926184f;
  p = p * r + 0.008363179f;
  p = p * r + 0.041666556f;
  p = p * r + 0.16666576f;
  p = p * r + 0.5f;
  p = p * (r * r) + r + 1.0f;
  return p * float_of_bits((bits_of_float(shifted) << 23) + 0x3f800000u);
}

// The standard normal distribution function at -t, for t >= 0, within 1e-6 of its value for t to 5 and 2.5e-6
// to 10, where the rounding of t^2 counts.
//
// It is exp(-t^2 / 2) times a function that falls slowly and smoothly; that one is u p(u) with
// u = 1 / (1 + 0.35 t) and p interpolating at Chebyshev nodes for t in 0...14: error 4e-8.
static inline float normal_tail(float t) {
  const float u = 1.0f / (1.0f + 0.35f * t);
  float p = -0.029679522004471565f;
  p = p * u + 0.1465458302929172f;
  p = p * u - 0.26096122829493423f;
  p = p * u + 0.1650509958571293f;
  p = p * u - 0.02704660826705278f;
  p = p * u + 0.10711458759705551f;
  p = p * u + 0.11944491684589226f;
  p = p * u + 0.13991229812533454f;
  p = p * u + 0.13961871256104424f;
  return p * u * exponential(-0.5f * t * t);
}

static inline float identity(float x) { return x; }

static inline float silu(float x) { return x / (1.0f + exponential(-x)); }

static inline float quick_gelu(float x) { return x / (1.0f + exponential(-1.702f * x)); }

// x times the normal distribution function of x, which is (1 + erf(x / sqrt 2)) / 2.
static inline float gelu(float x) {
  const float tail = normal_tail(x < 0 ? -x : x);
  return x * (x < 0 ? tail : 1.0f - tail);
}

#endif

// Vectors of f32 as the compiler's own type: one source for every instruction set. The including file says
// how many lanes there are (`VEC_LANES`) and whether a product and a sum are one instruction (`VEC_FMA`).
#ifndef EASEL_VECTOR_H
#define EASEL_VECTOR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

// Where the part `index` of `parts` nearly equal ones begins.
INLINE size_t part_start(size_t total, size_t parts, size_t index) { return total * index / parts; }

INLINE size_t parts_of(size_t total, size_t most) { return (total + most - 1) / most; }

typedef float vec __attribute__((ext_vector_type(VEC_LANES)));
typedef int32_t ivec __attribute__((ext_vector_type(VEC_LANES)));
// The same at any address.
typedef float loose_vec __attribute__((ext_vector_type(VEC_LANES), aligned(4), may_alias));

INLINE vec load(const float *x) { return *(const loose_vec *)x; }

INLINE void store(float *x, vec value) { *(loose_vec *)x = value; }

INLINE vec splat(float x) { return (vec)x; }

// a * b + c
INLINE vec multiply_add(vec a, vec b, vec c) {
#if VEC_FMA
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

// The first `count` lanes from memory, zeros in the others.
INLINE vec load_some(const float *x, size_t count) {
  float lanes[VEC_LANES] = {0};
  memcpy(lanes, x, count * sizeof(float));
  return load(lanes);
}

INLINE void store_some(float *x, vec value, size_t count) {
  float lanes[VEC_LANES];
  store(lanes, value);
  memcpy(x, lanes, count * sizeof(float));
}

#endif

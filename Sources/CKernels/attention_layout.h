// How attention's operands lie: queries and results in panels with the queries as lanes, keys and values in
// blocks of tiles.

#include "CKernels.h"
#include "vector.h"

enum {
  // A block's scores for one panel of queries stay in the first cache.
  KEYS_PER_BLOCK = 192,
};

#if VEC_LANES == 16
#define INTERLEAVE(a, b, i) \
  __builtin_shufflevector(a, b, i, i + 16, i + 1, i + 17, i + 2, i + 18, i + 3, i + 19, i + 4, \
                          i + 20, i + 5, i + 21, i + 6, i + 22, i + 7, i + 23)
#elif VEC_LANES == 8
#define INTERLEAVE(a, b, i) \
  __builtin_shufflevector(a, b, i, i + 8, i + 1, i + 9, i + 2, i + 10, i + 3, i + 11)
#else
#define INTERLEAVE(a, b, i) __builtin_shufflevector(a, b, i, i + 4, i + 1, i + 5)
#endif

// Each round moves the highest bit of the row's number to the lowest of the column's.
INLINE void transpose_square(vec rows[VEC_LANES]) {
#pragma clang loop unroll(full)
  for (size_t round = 1; round < VEC_LANES; round *= 2) {
    vec mixed[VEC_LANES];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < VEC_LANES / 2; i++) {
      const vec a = rows[i], b = rows[i + VEC_LANES / 2];
      mixed[2 * i] = INTERLEAVE(a, b, 0);
      mixed[2 * i + 1] = INTERLEAVE(a, b, VEC_LANES / 2);
    }
#pragma clang loop unroll(full)
    for (size_t i = 0; i < VEC_LANES; i++) rows[i] = mixed[i];
  }
}

#undef INTERLEAVE

// Where a square begins that ends within `size`, where there is room for one: the last overlaps.
INLINE size_t square_start(size_t i, size_t size) {
  return i + VEC_LANES <= size || size < VEC_LANES ? i : size - VEC_LANES;
}

// square[c][r] = x[r][c], with zeros beyond `rows` and `width`.
INLINE void load_square(const float *x, size_t stride, size_t rows, size_t width,
                        vec square[VEC_LANES]) {
  if (width < VEC_LANES)
    for (size_t r = 0; r < VEC_LANES; r++)
      square[r] = r < rows ? load_some(x + r * stride, width) : splat(0);
  else
#pragma clang loop unroll(full)
    for (size_t r = 0; r < VEC_LANES; r++)
      square[r] = r < rows ? load(x + r * stride) : splat(0);
  transpose_square(square);
}

// panel[d][i] = scale * queries[i][d], and zeros beyond `count` queries.
static void pack_queries(const float *queries, size_t stride, size_t count, size_t size,
                         float scale, float *panel) {
  const size_t width = size < VEC_LANES ? size : VEC_LANES;
  for (size_t first = 0; first < PANEL; first += VEC_LANES)
    for (size_t i = 0; i < size; i += VEC_LANES) {
      const size_t d = square_start(i, size);
      vec square[VEC_LANES];
      load_square(queries + first * stride + d, stride, count > first ? count - first : 0, width,
                  square);
#pragma clang loop unroll(full)
      for (size_t c = 0; c < VEC_LANES; c++)
        if (c < width) store(panel + (d + c) * PANEL + first, scale * square[c]);
    }
}

// output[i][d] = panel[d][i] / sums[i], for `count` queries.
static void unpack_results(const float *panel, const float *sums, size_t size, float *output,
                           size_t stride, size_t count) {
  const size_t width = size < VEC_LANES ? size : VEC_LANES;
  for (size_t first = 0; first < count; first += VEC_LANES) {
    const vec factor = splat(1) / load(sums + first);
    const size_t left = count - first < VEC_LANES ? count - first : VEC_LANES;
    for (size_t i = 0; i < size; i += VEC_LANES) {
      const size_t d = square_start(i, size);
      vec square[VEC_LANES];
#pragma clang loop unroll(full)
      for (size_t c = 0; c < VEC_LANES; c++)
        square[c] = c < width ? factor * load(panel + (d + c) * PANEL + first) : splat(0);
      transpose_square(square);
      float *rows = output + first * stride + d;
      if (width < VEC_LANES)
        for (size_t r = 0; r < left; r++) store_some(rows + r * stride, square[r], width);
      else
#pragma clang loop unroll(full)
        for (size_t r = 0; r < VEC_LANES; r++)
          if (r < left) store(rows + r * stride, square[r]);
    }
  }
}

// packed[d][r] = keys[r][d]
INLINE void pack_key_rows(const size_t rows, const float *keys, size_t stride, size_t size,
                          float *packed) {
  const size_t width = size < VEC_LANES ? size : VEC_LANES;
#pragma clang loop unroll(full)
  for (size_t first = 0; first < rows; first += VEC_LANES) {
    const size_t count = rows - first < VEC_LANES ? rows - first : VEC_LANES;
    for (size_t i = 0; i < size; i += VEC_LANES) {
      const size_t d = square_start(i, size);
      vec square[VEC_LANES];
      load_square(keys + first * stride + d, stride, count, width, square);
#pragma clang loop unroll(full)
      for (size_t c = 0; c < VEC_LANES; c++)
        if (c < width) store_some(packed + (d + c) * rows + first, square[c], count);
    }
  }
}

static void pack_keys(const float *keys, size_t stride, size_t count, size_t size, float *packed) {
  const size_t tiles = parts_of(count, TILE_ROWS);
  for (size_t t = 0; t < tiles; t++) {
    const size_t first = part_start(count, tiles, t);
    const float *x = keys + first * stride;
    float *y = packed + first * size;
#define CASE(count) \
  case count: pack_key_rows(count, x, stride, size, y); break;
    switch (part_start(count, tiles, t + 1) - first) { EACH_TILE_HEIGHT(CASE) }
#undef CASE
  }
}

static void pack_values(const float *values, size_t stride, size_t count, size_t size,
                        float *packed) {
  const size_t tiles = parts_of(size, TILE_ROWS);
  for (size_t t = 0; t < tiles; t++) {
    const size_t first = part_start(size, tiles, t);
    const float *x = values + first;
    float *y = packed + first * count;
#define CASE(columns) \
  case columns: copy_block(x, stride, y, columns, count, columns); break;
    switch (part_start(size, tiles, t + 1) - first) { EACH_TILE_HEIGHT(CASE) }
#undef CASE
  }
}

static size_t context_blocks(size_t keys) { return parts_of(keys, KEYS_PER_BLOCK); }

// Keys in tiles [tile][D][rows of the tile], values behind them in tiles [tile of D][keys][rows of the tile].
static void pack_context(const float *keys, const float *values, size_t stride, size_t count,
                         size_t size, size_t index, float *packed) {
  const size_t blocks = context_blocks(count), first = part_start(count, blocks, index);
  const size_t block = part_start(count, blocks, index + 1) - first;
  float *y = packed + 2 * first * size;
  pack_keys(keys + first * stride, stride, block, size, y);
  pack_values(values + first * stride, stride, block, size, y + block * size);
}

// Attention of some queries over the packed keys and values of one head, block of keys by block of keys, with
// the softmax carried along: Dao et al. 2022, "FlashAttention", algorithm 1.
//
// Everything is held with the queries as lanes: a panel of scores is [keys][PANEL], one of results [D][PANEL].
// So each query's maximum and sum are lanes too, and both products take their first factor, of keys or of
// values, one element at a time: it needs neither padding nor masks, whatever the head's size is.

#include "CKernels.h"
#include "vector.h"

enum {
  // A block's scores for one panel of queries stay in the first cache.
  KEYS_PER_BLOCK = 192,
};

// Where the part `index` of `parts` nearly equal ones begins.
INLINE size_t part_start(size_t total, size_t parts, size_t index) { return total * index / parts; }

INLINE size_t parts_of(size_t total, size_t most) { return (total + most - 1) / most; }

INLINE vec larger(vec a, vec b) { return a > b ? a : b; }

// 2^x within 2 ulp for x in -126...0; exactly 1 for 0, and exactly 0 below -127. NaN stays NaN.
//
// x = n + r with |r| <= 1/2, and 2^r = 1 + r q(r), where q is the polynomial of the least relative error: 9.1e-8.
INLINE vec exponential2(vec x) {
  const vec rounder = splat(12582912.0f);
  x = x < splat(-127.0f) ? splat(-127.0f) : x;
  const vec shifted = x + rounder;
  const vec r = x - (shifted - rounder);
  vec p = splat(0.00132647273f);
  p = multiply_add(p, r, splat(0.00967151299f));
  p = multiply_add(p, r, splat(0.0555073358f));
  p = multiply_add(p, r, splat(0.240222424f));
  p = multiply_add(p, r, splat(0.693147004f));
  p = multiply_add(p, r, splat(1.0f));
  ivec power;
  memcpy(&power, &shifted, sizeof power);
  power = (power << 23) + 0x3f800000;
  vec scale;
  memcpy(&scale, &power, sizeof scale);
  return p * scale;
}

static void exponentials2(const float *x, float *y, size_t count) {
  size_t i = 0;
  for (; i + VEC_LANES <= count; i += VEC_LANES) store(y + i, exponential2(load(x + i)));
  store_some(y + i, exponential2(load_some(x + i, count - i)), count - i);
}

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

// A panel of queries on its way through the keys.
typedef struct {
  const float *queries;  // [D][PANEL]
  float *results;        // [D][PANEL], relative to 2^maxima
  float *maxima, *sums;  // [PANEL]
} QueryPanel;

// sums[r] = the sum of a[k][r] * b[k], for a [inner][rows] and b [inner][PANEL].
INLINE void sum_products(const size_t rows, const float *a, const float *b, size_t inner,
                         vec sums[][TILE_VECTORS]) {
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) sums[r][v] = splat(0);
  for (size_t k = 0; k < inner; k++, a += rows, b += PANEL) {
    vec column[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) column[v] = load(b + v * VEC_LANES);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      const vec x = splat(a[r]);
#pragma clang loop unroll(full)
      for (size_t v = 0; v < TILE_VECTORS; v++) sums[r][v] = multiply_add(x, column[v], sums[r][v]);
    }
  }
}

// The scores of some keys, and the largest of them.
INLINE void score_rows(const size_t rows, const float *keys, const float *queries, size_t size,
                       float *scores, float *maxima) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  sum_products(rows, keys, queries, size, sums);
#pragma clang loop unroll(full)
  for (size_t v = 0; v < TILE_VECTORS; v++) {
    vec maximum = load(maxima + v * VEC_LANES);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      store(scores + r * PANEL + v * VEC_LANES, sums[r][v]);
      maximum = larger(sums[r][v], maximum);
    }
    store(maxima + v * VEC_LANES, maximum);
  }
}

// Some rows of results = results * corrections + values * weights.
INLINE void add_rows(const size_t rows, const float *values, const float *weights, size_t keys,
                     float *results, const float *corrections) {
  vec sums[TILE_ROWS][TILE_VECTORS];
  sum_products(rows, values, weights, keys, sums);
#pragma clang loop unroll(full)
  for (size_t v = 0; v < TILE_VECTORS; v++) {
    const vec correction = load(corrections + v * VEC_LANES);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      float *result = results + r * PANEL + v * VEC_LANES;
      store(result, multiply_add(load(result), correction, sums[r][v]));
    }
  }
}

#if TILE_ROWS == 12
#define FOR_ROWS(CASE) \
  CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#elif TILE_ROWS == 6
#define FOR_ROWS(CASE) CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6)
#else
#define FOR_ROWS(CASE) CASE(1) CASE(2) CASE(3) CASE(4)
#endif

static void score_tile(size_t rows, const float *keys, const float *queries, size_t size,
                       float *scores, float *maxima) {
#define CASE(count) \
  case count: score_rows(count, keys, queries, size, scores, maxima); break;
  switch (rows) { FOR_ROWS(CASE) }
#undef CASE
}

static void add_tile(size_t rows, const float *values, const float *weights, size_t keys,
                     float *results, const float *corrections) {
#define CASE(count) \
  case count: add_rows(count, values, weights, keys, results, corrections); break;
  switch (rows) { FOR_ROWS(CASE) }
#undef CASE
}

// Hides keys from the queries before them; `first_key` and `first_query` are numbers in the sequence.
static void hide_later_keys(float *scores, size_t keys, size_t first_key, size_t first_query,
                            float *maxima) {
  for (size_t i = 0; i < PANEL; i++) {
    const size_t seen = first_query + i + 1 > first_key ? first_query + i + 1 - first_key : 0;
    for (size_t k = seen; k < keys; k++) scores[k * PANEL + i] = -__FLT_MAX__;
  }
  for (size_t i = 0; i < PANEL; i += VEC_LANES) {
    vec maximum = splat(-__FLT_MAX__);
    for (size_t k = 0; k < keys; k++) maximum = larger(load(scores + k * PANEL + i), maximum);
    store(maxima + i, maximum);
  }
}

// Scores become their weights, 2^(score - maximum), with the maximum of this and all earlier blocks; what
// earlier weights are to be multiplied with replaces the block's maxima.
static void weigh(float *scores, size_t keys, float *maxima, QueryPanel panel) {
  vec maximum[TILE_VECTORS], sum[TILE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t v = 0; v < TILE_VECTORS; v++) {
    const vec before = load(panel.maxima + v * VEC_LANES);
    maximum[v] = larger(load(maxima + v * VEC_LANES), before);
    const vec correction = exponential2(before - maximum[v]);
    store(panel.maxima + v * VEC_LANES, maximum[v]);
    store(maxima + v * VEC_LANES, correction);
    sum[v] = splat(0);
  }
  for (size_t k = 0; k < keys; k++, scores += PANEL)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) {
      const vec weight = exponential2(load(scores + v * VEC_LANES) - maximum[v]);
      store(scores + v * VEC_LANES, weight);
      sum[v] += weight;
    }
#pragma clang loop unroll(full)
  for (size_t v = 0; v < TILE_VECTORS; v++) {
    float *total = panel.sums + v * VEC_LANES;
    store(total, multiply_add(load(total), load(maxima + v * VEC_LANES), sum[v]));
  }
}

// A block of keys and values: keys in tiles [tile][D][rows], values behind them in tiles [tile of D][keys][rows].
typedef struct {
  const float *packed;
  size_t first, keys;
} KeyBlock;

// Adds a block to the results of one panel, or what of it `first_query` and the queries behind it see.
static void attend_block(const KernelAttention *attention, KeyBlock block, QueryPanel panel,
                         size_t first_query, float *scores) {
  const size_t size = attention->size;
  size_t seen = block.keys;
  if (attention->is_causal && first_query + PANEL < block.first + seen)
    seen = first_query + PANEL - block.first;
  float maxima[PANEL];
  for (size_t i = 0; i < PANEL; i++) maxima[i] = -__FLT_MAX__;
  const size_t tiles = parts_of(block.keys, TILE_ROWS);
  for (size_t t = 0; t < tiles; t++) {
    const size_t first = part_start(block.keys, tiles, t);
    if (first >= seen) break;
    score_tile(part_start(block.keys, tiles, t + 1) - first, block.packed + first * size,
               panel.queries, size, scores + first * PANEL, maxima);
  }
  if (attention->is_causal && block.first + seen > first_query + 1)
    hide_later_keys(scores, seen, block.first, first_query, maxima);
  weigh(scores, seen, maxima, panel);
  const float *values = block.packed + block.keys * size;
  const size_t columns = parts_of(size, TILE_ROWS);
  for (size_t t = 0; t < columns; t++) {
    const size_t first = part_start(size, columns, t);
    add_tile(part_start(size, columns, t + 1) - first, values + first * block.keys, scores, seen,
             panel.results + first * PANEL, maxima);
  }
}

static size_t panel_elements_of_attention(size_t size) {
  // Squares of results are read whole.
  const size_t rows = size < VEC_LANES ? VEC_LANES : size;
  return (size + rows + 2) * PANEL;
}

static size_t attention_scratch(size_t queries, size_t size) {
  return parts_of(queries, PANEL) * panel_elements_of_attention(size) +
         (KEYS_PER_BLOCK + 1) * PANEL;
}

static QueryPanel panel_at(float *memory, size_t size) {
  float *maxima = memory + size * PANEL;
  return (QueryPanel){
      .queries = memory, .maxima = maxima, .sums = maxima + PANEL, .results = maxima + 2 * PANEL};
}

static void begin_panel(const KernelAttention *attention, const float *queries, size_t count,
                        float *memory) {
  const size_t size = attention->size;
  const QueryPanel panel = panel_at(memory, size);
  pack_queries(queries, attention->stride, count, size, attention->scale * 1.44269504f, memory);
  for (size_t i = 0; i < PANEL; i++) panel.maxima[i] = -__FLT_MAX__;
  memset(panel.sums, 0, PANEL * sizeof(float));
  memset(panel.results, 0, size * PANEL * sizeof(float));
}

static void attend(const KernelAttention *attention, const float *queries, size_t first_query,
                   size_t count, float *output, float *scratch) {
  const size_t size = attention->size, stride = attention->stride;
  const size_t panel_size = panel_elements_of_attention(size);
  float *scores = (float *)(((uintptr_t)scratch + sizeof(vec) - 1) / sizeof(vec) * sizeof(vec));
  float *panels = scores + KEYS_PER_BLOCK * PANEL;
  for (size_t q = 0, p = 0; q < count; q += PANEL, p++)
    begin_panel(attention, queries + q * stride, count - q, panels + p * panel_size);
  const size_t blocks = parts_of(attention->keys, KEYS_PER_BLOCK);
  for (size_t b = 0; b < blocks; b++) {
    const size_t first = part_start(attention->keys, blocks, b);
    const KeyBlock block = {attention->context + 2 * first * size, first,
                            part_start(attention->keys, blocks, b + 1) - first};
    for (size_t q = 0, p = 0; q < count; q += PANEL, p++) {
      if (attention->is_causal && first_query + q + PANEL <= first) continue;
      attend_block(attention, block, panel_at(panels + p * panel_size, size), first_query + q,
                   scores);
    }
  }
  for (size_t q = 0, p = 0; q < count; q += PANEL, p++) {
    const QueryPanel panel = panel_at(panels + p * panel_size, size);
    unpack_results(panel.results, panel.sums, size, output + q * stride, stride,
                   count - q < PANEL ? count - q : PANEL);
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
    switch (part_start(count, tiles, t + 1) - first) { FOR_ROWS(CASE) }
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
    switch (part_start(size, tiles, t + 1) - first) { FOR_ROWS(CASE) }
#undef CASE
  }
}

static size_t context_blocks(size_t keys) { return parts_of(keys, KEYS_PER_BLOCK); }

static void pack_context(const float *keys, const float *values, size_t stride, size_t count,
                         size_t size, size_t index, float *packed) {
  const size_t blocks = context_blocks(count), first = part_start(count, blocks, index);
  const size_t block = part_start(count, blocks, index + 1) - first;
  float *y = packed + 2 * first * size;
  pack_keys(keys + first * stride, stride, block, size, y);
  pack_values(values + first * stride, stride, block, size, y + block * size);
}

// Attention of some queries over the packed keys and values of one head, block of keys by block of keys, with
// the softmax carried along: Dao et al. 2022, "FlashAttention", algorithm 1.
//
// Everything is held with the queries as lanes: a panel of scores is [keys][PANEL], one of results
// [D][PANEL]. So each query's maximum and sum are lanes too, and both products take their first factor, of
// keys or of values, one element at a time: it needs neither padding nor masks, whatever the head's size is.

#include "attention_layout.h"

INLINE vec larger(vec a, vec b) { return a > b ? a : b; }

// 2^x within 2.5 ulp for x in -126...0; exactly 1 for 0, and exactly 0 below -127. NaN stays NaN.
//
// x = n + r with |r| <= 1/2, and 2^r = 1 + r q(r), where q is the polynomial of the least relative error,
// 9.1e-8.
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

static void score_tile(size_t rows, const float *keys, const float *queries, size_t size,
                       float *scores, float *maxima) {
#define CASE(count) \
  case count: score_rows(count, keys, queries, size, scores, maxima); break;
  switch (rows) { EACH_TILE_HEIGHT(CASE) }
#undef CASE
}

static void add_tile(size_t rows, const float *values, const float *weights, size_t keys,
                     float *results, const float *corrections) {
#define CASE(count) \
  case count: add_rows(count, values, weights, keys, results, corrections); break;
  switch (rows) { EACH_TILE_HEIGHT(CASE) }
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

// A block of keys and values: see `pack_context`.
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

static size_t query_panel_elements(size_t size) { return (2 * size + 2) * PANEL; }

static size_t attention_scratch(size_t queries, size_t size) {
  return parts_of(queries, PANEL) * query_panel_elements(size) + KEYS_PER_BLOCK * PANEL;
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
  const size_t panel_size = query_panel_elements(size);
  float *scores = scratch, *panels = scratch + KEYS_PER_BLOCK * PANEL;
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

// Products of rows and a matrix of 8-bit integers, with exact sums of 32 bits. The steps of the inner axis go by in
// words of 32 bits, one a column, that hold `INT8_GROUP` elements side by side; `INT8_DOT` adds the products of two
// words to a sum, lane by lane. Included once for each way to do that: the including file says
//
// - `INT8(name)`: what the functions are called;
// - `INT8_GROUP`: 4 elements of 8 bits, or 2 of 16 bits, to which a panel's elements are widened;
// - `INT8_OFFSET`: 128 where the instruction takes the matrix unsigned, else 0. The matrix is stored with this
//   added; what that adds to a sum depends on the row alone, and the sums begin with its opposite.

#ifndef EASEL_INT8_H
#define EASEL_INT8_H

enum { WORD = 4 };

// What stands before the elements of a quantised row.
typedef struct {
  float scale;
  int32_t start;  // of the row's sums
} RowHead;

// The factor that brings the largest magnitude to 127, and the scale that undoes it; 0 for rows that are all zero.
static float quantising_factor(const float *x, size_t count, float *scale) {
  uint32_t bits = 0;
  for (size_t i = 0; i < count; i++) {
    const uint32_t magnitude = bits_of_float(x[i]) & 0x7fffffffu;
    bits = magnitude > bits ? magnitude : bits;
  }
  const float most = float_of_bits(bits);
  const bool is_finite = bits < 0x7f800000u;
  const bool is_zero = is_finite && most < 0x1p-120f;
  *scale = is_finite ? (is_zero ? 0 : most / 127) : float_of_bits(0x7fc00000u);
  return is_finite && !is_zero ? 127 / most : 0;
}

// The sum with 1.5 * 2^23 rounds to an integer and leaves it in the low bits. Not fused, for the sake of the same
// integers everywhere.
INLINE int32_t quantised(float x, float factor) {
#pragma clang fp contract(off)
  const float product = x * factor;
  return (int32_t)(bits_of_float(product + 0x1.8p23f) - 0x4b400000u);
}

INLINE ivec splat_word(const void *words, size_t index) {
  int32_t word;
  memcpy(&word, (const char *)words + WORD * index, sizeof word);
  return (ivec)word;
}

typedef int32_t loose_ivec __attribute__((ext_vector_type(VEC_LANES), aligned(4), may_alias));

#endif

#if INT8_GROUP == 4
typedef int8_t INT8(element);
#else
typedef int16_t INT8(element);
#endif

static size_t INT8(words)(size_t inner) { return parts_of(inner, INT8_GROUP); }

static size_t INT8(row_size)(size_t columns) {
  return sizeof(RowHead) + WORD * INT8(words)(columns);
}

// The scales, and the elements [words][PANEL][INT8_GROUP].
static size_t INT8(panel_size)(size_t inner) {
  const size_t size = PANEL * (sizeof(float) + INT8(words)(inner) * INT8_GROUP);
  return (size + 63) / 64 * 64;
}

static void INT8(quantise_row)(const float *x, size_t columns, void *row) {
  RowHead *head = row;
  INT8(element) *y = (INT8(element) *)(head + 1);
  const float factor = quantising_factor(x, columns, &head->scale);
  memset(y, 0, WORD * INT8(words)(columns));
  head->start = 0;
  if (factor == 0) return;
  int32_t sum = 0;
  for (size_t i = 0; i < columns; i++) {
    const int32_t value = quantised(x[i], factor);
    y[i] = (INT8(element))value;
    sum += value;
  }
  head->start = -INT8_OFFSET * sum;
}

static void INT8(quantise_rows)(const float *x, size_t rows, size_t columns, void *quantised) {
  const size_t size = INT8(row_size)(columns);
  for (size_t r = 0; r < rows; r++)
    INT8(quantise_row)(x + r * columns, columns, (char *)quantised + r * size);
}

static void INT8(pack)(const float *weight, size_t outputs, size_t inner, void *panel,
                       size_t column) {
  float *scales = (float *)panel + column;
  uint8_t *columns = (uint8_t *)((float *)panel + PANEL) + column * INT8_GROUP;
  for (size_t o = 0; o < outputs; o++, weight += inner) {
    uint8_t *y = columns + o * INT8_GROUP;
    const float factor = quantising_factor(weight, inner, scales + o);
    for (size_t k = 0; k < inner; k += INT8_GROUP, y += PANEL * INT8_GROUP)
      for (size_t i = 0; i < INT8_GROUP; i++) {
        const int32_t value = factor == 0 || k + i >= inner ? 0 : quantised(weight[k + i], factor);
        y[i] = (uint8_t)(value + INT8_OFFSET);
      }
  }
}

// Inlined for each number of rows, so that the sums are registers.
INLINE void INT8(multiply_rows)(const size_t rows, const char *input, size_t row_size,
                                const int32_t *panel, size_t words, const float *column_scales,
                                Tile tile) {
  ivec sums[TILE_ROWS][TILE_VECTORS];
  const char *elements = input + sizeof(RowHead);
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++)
      sums[r][v] = (ivec)((const RowHead *)(input + r * row_size))->start;
  for (size_t k = 0; k < words; k++, panel += PANEL) {
    ivec b[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) b[v] = *(const loose_ivec *)(panel + v * VEC_LANES);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      const ivec a = splat_word(elements + r * row_size, k);
#pragma clang loop unroll(full)
      for (size_t v = 0; v < TILE_VECTORS; v++) sums[r][v] = INT8_DOT(sums[r][v], a, b[v]);
    }
  }
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) {
      const size_t column = v * VEC_LANES;
      const vec scale = ((const RowHead *)(input + r * row_size))->scale * load(column_scales + column);
      const vec start = tile.start ? load(tile.start + r * tile.start_stride + column) : splat(0);
      const vec bias = tile.bias ? load(tile.bias + column) : splat(0);
      store(tile.output + r * tile.stride + column,
            multiply_add(__builtin_convertvector(sums[r][v], vec), scale, start) + bias);
    }
}

static void INT8(multiply_tile)(size_t rows, const char *input, size_t row_size,
                                const int32_t *panel, size_t words, const float *column_scales,
                                Tile tile) {
#define ROWS(count) \
  case count: INT8(multiply_rows)(count, input, row_size, panel, words, column_scales, tile); break;
  switch (rows) { EACH_TILE_HEIGHT(ROWS) }
#undef ROWS
}

// A panel as words: in place, or widened into `scratch`.
static const int32_t *INT8(panel_words)(const int8_t *elements, size_t words, float *scratch) {
  if (INT8_GROUP == WORD) return (const int32_t *)elements;
  int16_t *widened = (int16_t *)scratch;
  for (size_t i = 0; i < words * INT8_GROUP; i++) widened[i] = elements[i];
  return (const int32_t *)scratch;
}

// The inner axis goes by in one piece: sums of integers stay in their registers.
static void INT8(multiply_panel)(const void *operands, size_t first_row, size_t rows, size_t panel,
                                 Tile tile, float *scratch) {
  const Int8Gemm *product = operands;
  const size_t words = INT8(words)(product->gemm.inner);
  const size_t row_size = INT8(row_size)(product->gemm.inner);
  const char *input = (const char *)product->rows + first_row * row_size;
  const float *column_scales =
      (const float *)((const char *)product->gemm.panels +
                      panel * INT8(panel_size)(product->gemm.inner));
  const int32_t *b =
      INT8(panel_words)((const int8_t *)(column_scales + PANEL), words * PANEL, scratch);
  const size_t tiles = parts_of(rows, TILE_ROWS);
  for (size_t t = 0; t < tiles; t++) {
    const size_t first = part_start(rows, tiles, t), end = part_start(rows, tiles, t + 1);
    INT8(multiply_tile)(end - first, input + first * row_size, row_size, b, words, column_scales,
                        tile_from(tile, first));
  }
}

static void INT8(gemm)(const Int8Gemm *gemm, size_t first_row, size_t rows, size_t first_panel,
                       size_t panels, float *scratch) {
  multiply_block(INT8(multiply_panel), gemm, &gemm->gemm, first_row, rows, first_panel, panels,
                 scratch);
}

static size_t INT8(scratch)(size_t rows, size_t inner) {
  return (rows + (INT8_GROUP == WORD ? 0 : INT8(words)(inner))) * PANEL;
}

#undef INT8
#undef INT8_GROUP
#undef INT8_OFFSET
#undef INT8_DOT

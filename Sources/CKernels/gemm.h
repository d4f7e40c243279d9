// Matrix products with a matrix that was packed in panels of `PANEL` columns: [panel][inner][PANEL].
// A tile of `TILE_ROWS` rows and one panel stays in registers while the inner axis goes by. Every element is
// summed up in the order of the inner axis, whatever tile it falls into.

#include "CKernels.h"
#include "vector.h"

enum {
  PANEL = TILE_VECTORS * VEC_LANES,
  // A panel's part for so many steps stays in the second cache, with the rows that pass over it.
  INNER_BLOCK = 1024,
};

// What a tile begins with, and where it goes.
typedef struct {
  const float *start;  // [rows, PANEL], or NULL for zeros
  size_t start_stride;
  const float *bias;  // [PANEL], or NULL for none
  float *output;      // [rows, PANEL]
  size_t stride;
} Tile;

// Inlined for each number of rows, so that the sums are registers.
INLINE void multiply_rows(const size_t rows, const float *a, size_t a_stride, const float *panel,
                          size_t inner, Tile tile) {
  vec sums[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++)
      sums[r][v] =
          tile.start ? load(tile.start + r * tile.start_stride + v * VEC_LANES) : splat(0);
  for (size_t k = 0; k < inner; k++, panel += PANEL) {
    vec b[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) b[v] = load(panel + v * VEC_LANES);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < rows; r++) {
      const vec x = splat(a[r * a_stride + k]);
#pragma clang loop unroll(full)
      for (size_t v = 0; v < TILE_VECTORS; v++) sums[r][v] = multiply_add(x, b[v], sums[r][v]);
    }
  }
#pragma clang loop unroll(full)
  for (size_t r = 0; r < rows; r++)
#pragma clang loop unroll(full)
    for (size_t v = 0; v < TILE_VECTORS; v++) {
      const vec bias = tile.bias ? load(tile.bias + v * VEC_LANES) : splat(0);
      store(tile.output + r * tile.stride + v * VEC_LANES, sums[r][v] + bias);
    }
}

// The numbers of rows that a function is inlined for.
#if TILE_ROWS > 6
#define EACH_TILE_HEIGHT(CASE)                    \
  CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) \
  CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#elif TILE_ROWS > 4
#define EACH_TILE_HEIGHT(CASE) CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6)
#else
#define EACH_TILE_HEIGHT(CASE) CASE(1) CASE(2) CASE(3) CASE(4)
#endif

static void multiply_tile(size_t rows, const float *a, size_t a_stride, const float *panel,
                          size_t inner, Tile tile) {
#define ROWS(count) \
  case count: multiply_rows(count, a, a_stride, panel, inner, tile); break;
  switch (rows) { EACH_TILE_HEIGHT(ROWS) }
#undef ROWS
}

// The part of a tile from one of its rows on.
INLINE Tile tile_from(Tile tile, size_t row) {
  tile.output += row * tile.stride;
  if (tile.start) tile.start += row * tile.start_stride;
  return tile;
}

// Some rows times one panel, in tiles of nearly equal height.
static void multiply_panel(size_t rows, const float *a, size_t a_stride, const float *panel,
                           size_t inner, Tile tile) {
  const size_t tiles = parts_of(rows, TILE_ROWS);
  for (size_t t = 0; t < tiles; t++) {
    const size_t first = part_start(rows, tiles, t), end = part_start(rows, tiles, t + 1);
    multiply_tile(end - first, a + first * a_stride, a_stride, panel, inner,
                  tile_from(tile, first));
  }
}

// The elements of a panel from `k` on, as f32: in place, or widened into `scratch`.
static const float *panel_elements(const Gemm *gemm, size_t panel, size_t k, size_t count,
                                   float *scratch) {
  const size_t start = (panel * gemm->inner + k) * PANEL;
  const uint16_t *halves = (const uint16_t *)gemm->panels + start;
  switch (gemm->storage) {
    case KERNEL_F32: return (const float *)gemm->panels + start;
    case KERNEL_F16: WIDEN_F16(halves, scratch, count * PANEL); break;
    case KERNEL_BF16: widen_bf16(halves, scratch, count * PANEL); break;
    case KERNEL_INT8: break;  // of other products: see int8.h
  }
  return scratch;
}

// Writes start + product + bias of some rows and one panel: what products of all kinds have at their core.
typedef void PanelProduct(const void *operands, size_t first_row, size_t rows, size_t panel,
                          Tile tile, float *scratch);

// The product of some rows with one panel, over the whole inner axis.
static void multiply_whole_panel(const void *operands, size_t first_row, size_t rows, size_t panel,
                                 Tile tile, float *scratch) {
  const Gemm *gemm = operands;
  const float *input = gemm->input + first_row * gemm->input_stride;
  const float *bias = tile.bias;
  for (size_t k = 0; k < gemm->inner; k += INNER_BLOCK) {
    const size_t left = gemm->inner - k;
    const size_t count = left < INNER_BLOCK ? left : INNER_BLOCK;
    tile.bias = count == left ? bias : NULL;
    multiply_panel(rows, input + k, gemm->input_stride,
                   panel_elements(gemm, panel, k, count, scratch), count, tile);
    tile.start = tile.output;
    tile.start_stride = tile.stride;
  }
}

// Copies rows of `columns` elements.
static void copy_block(const float *x, size_t x_stride, float *y, size_t y_stride, size_t rows,
                       size_t columns) {
  for (size_t r = 0; r < rows; r++)
    memcpy(y + r * y_stride, x + r * x_stride, columns * sizeof(float));
}

// A panel that is not stored as it comes: one with fewer columns, or values beside their gates.
INLINE void multiply_aside(PanelProduct multiply, const void *operands, bool gated,
                           size_t first_row, size_t rows, size_t panel, size_t columns, Tile tile,
                           float *scratch) {
  float *block = scratch, *rest = scratch + rows * PANEL;
  Tile aside = {tile.start, PANEL, tile.bias, block, PANEL};
  if (tile.start) {
    copy_block(tile.start, tile.start_stride, block, PANEL, rows, columns);
    aside.start = block;
  }
  multiply(operands, first_row, rows, panel, aside, rest);
  if (gated)
    for (size_t r = 0; r < rows; r++) gate_row(block + r * PANEL, PANEL / 2);
  copy_block(block, PANEL, tile.output, tile.stride, rows, columns);
}

// A block of a product of any kind, finished as `gemm` says. Behind `rows * PANEL` elements, `scratch` is the
// product's own.
INLINE void multiply_block(PanelProduct multiply, const void *operands, const Gemm *gemm,
                           size_t first_row, size_t rows, size_t first_panel, size_t panels,
                           float *scratch) {
  const size_t width = gemm->gated ? PANEL / 2 : PANEL;
  for (size_t panel = first_panel; panel < first_panel + panels; panel++) {
    const size_t column = panel * width;
    const size_t left = gemm->columns - column;
    const size_t columns = left < width ? left : width;
    Tile tile = {
        .start_stride = gemm->addend_stride,
        .bias = gemm->bias ? gemm->bias + panel * PANEL : NULL,
        .output = gemm->output + first_row * gemm->output_stride + column,
        .stride = gemm->output_stride,
    };
    if (gemm->addend) tile.start = gemm->addend + first_row * gemm->addend_stride + column;
    if (columns == PANEL)
      multiply(operands, first_row, rows, panel, tile, scratch + rows * PANEL);
    else
      multiply_aside(multiply, operands, gemm->gated, first_row, rows, panel, columns, tile,
                     scratch);
    if (gemm->activation != KERNEL_IDENTITY)
      for (size_t r = 0; r < rows; r++)
        activate(tile.output + r * tile.stride, tile.output + r * tile.stride, columns,
                 gemm->activation);
  }
}

static void gemm_block(const Gemm *gemm, size_t first_row, size_t rows, size_t first_panel,
                       size_t panels, float *scratch) {
  multiply_block(multiply_whole_panel, gemm, gemm, first_row, rows, first_panel, panels, scratch);
}

// A panel of a weight that is stored by outputs. Lines of the source are used while they are at hand.
#define PACK_PANEL(name, Element)                                                             \
  static void name(const void *weight, size_t output_stride, size_t inner_stride,             \
                   size_t outputs, size_t inner, void *panel) {                               \
    enum { STEP = 16 };                                                                       \
    Element *y = panel;                                                                       \
    for (size_t first = 0; first < inner; first += STEP) {                                    \
      const size_t end = first + STEP < inner ? first + STEP : inner;                         \
      for (size_t o = 0; o < outputs; o++) {                                                  \
        const char *x = (const char *)weight + o * output_stride * sizeof(Element);           \
        for (size_t k = first; k < end; k++)                                                  \
          memcpy(&y[k * PANEL + o], x + k * inner_stride * sizeof(Element), sizeof(Element)); \
      }                                                                                       \
    }                                                                                         \
  }

PACK_PANEL(pack_panel_32, uint32_t)
PACK_PANEL(pack_panel_16, uint16_t)

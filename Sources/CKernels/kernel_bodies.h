// The kernels, included once for each instruction set: the compiler makes vector code of the loops.
// The including file names the table that they end in, `KERNEL_TABLE`, its `KERNEL_NAME`, `WIDEN_F16`, the
// vectors (see vector.h), the tiles of matrix products, `TILE_ROWS` by `TILE_VECTORS` vectors, and how integers
// are multiplied (see int8.h).

#include "CKernels.h"
#include "vector.h"
#include "vector_math.h"

#define FOR_EACH_ACTIVATION(activation, BODY) \
  switch (activation) {                       \
    case KERNEL_IDENTITY: BODY(identity) break; \
    case KERNEL_SILU: BODY(silu) break;         \
    case KERNEL_GELU: BODY(gelu) break;         \
    case KERNEL_QUICK_GELU: BODY(quick_gelu) break; \
  }

static void activate(const float *x, float *y, size_t count, KernelActivation activation) {
#define LOOP(function) \
  for (size_t i = 0; i < count; i++) y[i] = function(x[i]);
  FOR_EACH_ACTIVATION(activation, LOOP)
#undef LOOP
}

static void gated_gelu(const float *x, float *y, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++, x += 2 * columns, y += columns)
    for (size_t i = 0; i < columns; i++) y[i] = x[i] * gelu(x[columns + i]);
}

static void scale_columns(const float *x, float *y, size_t rows, size_t columns,
                          const float *scale, const float *shift, KernelActivation activation) {
#define LOOP(function)                                       \
  for (size_t r = 0; r < rows; r++, x += columns, y += columns) \
    for (size_t i = 0; i < columns; i++) y[i] = function(x[i] * scale[i] + shift[i]);
  FOR_EACH_ACTIVATION(activation, LOOP)
#undef LOOP
}

static void column_moments(const float *x, size_t rows, size_t columns, double *sum,
                           double *square_sum) {
  for (size_t r = 0; r < rows; r++, x += columns) {
    for (size_t i = 0; i < columns; i++) {
      const double value = x[i];
      sum[i] += value;
      square_sum[i] += value * value;
    }
  }
}

// The order of a row's sum is the compiler's, but it is one order for every call.
static void layer_norm_row(const float *x, float *y, size_t columns, const float *weight,
                           const float *bias, float epsilon) {
#pragma clang fp reassociate(on)
  double sum = 0, square_sum = 0;
  for (size_t i = 0; i < columns; i++) sum += x[i];
  const double mean = sum / (double)columns;
  for (size_t i = 0; i < columns; i++) square_sum += (x[i] - mean) * (x[i] - mean);
  const float scale = (float)(1 / __builtin_sqrt(square_sum / (double)columns + epsilon));
  const float centre = (float)mean;
  for (size_t i = 0; i < columns; i++) y[i] = (x[i] - centre) * scale * weight[i] + bias[i];
}

static void layer_norm(const float *x, float *y, size_t rows, size_t columns, const float *weight,
                       const float *bias, float epsilon) {
  for (size_t r = 0; r < rows; r++, x += columns, y += columns)
    layer_norm_row(x, y, columns, weight, bias, epsilon);
}

// Several candidates side by side: a compiler may not reorder comparisons, for the sake of NaNs.
static float largest(const float *x, size_t count) {
  enum { LANES = 32 };
  float candidates[LANES];
  for (size_t lane = 0; lane < LANES; lane++) candidates[lane] = x[0];
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t lane = 0; lane < LANES; lane++)
      candidates[lane] = x[i + lane] > candidates[lane] ? x[i + lane] : candidates[lane];
  float result = candidates[0];
  for (size_t lane = 1; lane < LANES; lane++)
    result = candidates[lane] > result ? candidates[lane] : result;
  for (; i < count; i++) result = x[i] > result ? x[i] : result;
  return result;
}

// y = exp(scale * x - maximum); returns the sum.
static float exponentials(const float *x, float *y, size_t count, float scale, float maximum) {
#pragma clang fp reassociate(on)
  float sum = 0;
  for (size_t i = 0; i < count; i++) {
    y[i] = exponential(scale * x[i] - maximum);
    sum += y[i];
  }
  return sum;
}

static void multiply(float *x, size_t count, float factor) {
  for (size_t i = 0; i < count; i++) x[i] *= factor;
}

static void softmax(const float *x, float *y, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++, x += columns, y += columns)
    multiply(y, columns, 1.0f / exponentials(x, y, columns, 1.0f, largest(x, columns)));
}

// In square tiles, so that what a cache line holds is used while the line is there.
static void transpose(const float *x, size_t x_stride, float *y, size_t y_stride, size_t rows,
                      size_t columns) {
  enum { TILE = 16 };
  size_t r = 0;
  for (; r + TILE <= rows; r += TILE) {
    for (size_t c = 0; c < columns; c++)
      for (size_t i = 0; i < TILE; i++) y[c * y_stride + r + i] = x[(r + i) * x_stride + c];
  }
  for (; r < rows; r++)
    for (size_t c = 0; c < columns; c++) y[c * y_stride + r] = x[r * x_stride + c];
}

static void widen_bf16(const void *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint16_t half;
    memcpy(&half, (const char *)x + 2 * i, sizeof half);
    y[i] = float_of_bits((uint32_t)half << 16);
  }
}

// In a row of values and their gates, values * gelu(gates) replaces the values.
static void gate_row(float *x, size_t columns) {
  for (size_t i = 0; i < columns; i++) x[i] *= gelu(x[columns + i]);
}

#include "gemm.h"
#define INT8(name) int8_##name
#include "int8.h"
#include "winograd.h"
#include "attention.h"

static size_t gemm_scratch(size_t rows) { return (INNER_BLOCK + rows) * PANEL; }

// A table, with the products of integers that `int8` is the name of.
#define TABLE(table, table_name, int8)      \
const KernelTable table = {                 \
    .name = table_name,                     \
    .panel_width = PANEL,                   \
    .tile_rows = TILE_ROWS,                 \
    .gemm = gemm_block,                     \
    .gemm_scratch = gemm_scratch,           \
    .pack_panel_32 = pack_panel_32,         \
    .pack_panel_16 = pack_panel_16,         \
    .quantise_rows = int8##_quantise_rows,  \
    .quantised_row_size = int8##_row_size,  \
    .pack_int8 = int8##_pack,               \
    .int8_panel_size = int8##_panel_size,   \
    .int8_gemm = int8##_gemm,               \
    .int8_gemm_scratch = int8##_scratch,    \
    .window_line = window_line,             \
    .winograd_input = winograd_input,       \
    .winograd_weights = winograd_weights,   \
    .winograd_block = winograd_block,       \
    .activate = activate,                   \
    .gated_gelu = gated_gelu,               \
    .scale_columns = scale_columns,         \
    .column_moments = column_moments,       \
    .layer_norm = layer_norm,               \
    .softmax = softmax,                     \
    .attend = attend,                       \
    .attention_scratch = attention_scratch, \
    .pack_context = pack_context,           \
    .context_blocks = context_blocks,       \
    .exponentials2 = exponentials2,         \
    .transpose = transpose,                 \
    .widen_f16 = WIDEN_F16,                 \
    .widen_bf16 = widen_bf16,               \
}

TABLE(KERNEL_TABLE, KERNEL_NAME, int8);

// Products of rows and a matrix of 8-bit integers, against integers that are worked out one by one.

#include "check.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const KernelTable *table;
  Int8Gemm gemm;
  size_t rows, panels, block_rows;
} Int8Product;

// One row as integers; gives its scale.
static double quantised_reference(const float *x, size_t count, int *y) {
  float most = 0;
  for (size_t i = 0; i < count; i++) most = fmaxf(most, fabsf(x[i]));
  const float factor = most == 0 ? 0 : 127 / most;
  for (size_t i = 0; i < count; i++) {
    const float product = x[i] * factor;
    y[i] = (int)rintf(product);
  }
  return most / 127;
}

static double *expected_product(const float *x, size_t rows, const float *weight, size_t outputs,
                                size_t inner, const float *bias) {
  double *y = doubles(rows * outputs);
  int *a = malloc(inner * sizeof(int)), *b = malloc(inner * sizeof(int));
  for (size_t o = 0; o < outputs; o++) {
    const double column_scale = quantised_reference(weight + o * inner, inner, b);
    for (size_t r = 0; r < rows; r++) {
      const double row_scale = quantised_reference(x + r * inner, inner, a);
      long sum = 0;
      for (size_t k = 0; k < inner; k++) sum += (long)a[k] * b[k];
      y[r * outputs + o] = row_scale * column_scale * (double)sum + bias[o];
    }
  }
  free(a);
  free(b);
  return y;
}

static void multiply_block(const void *context, size_t task) {
  const Int8Product *product = context;
  const size_t first = task / product->panels * product->block_rows;
  const size_t rows = least_of(product->block_rows, product->rows - first);
  const size_t count = product->table->int8_gemm_scratch(rows, product->gemm.gemm.inner);
  float *scratch = malloc(count * sizeof(float));
  product->table->int8_gemm(&product->gemm, first, rows, task % product->panels, 1, scratch);
  free(scratch);
}

// All panels of a weight, [outputs, inner].
static void *packed_panels(const KernelTable *table, const float *weight, size_t outputs,
                           size_t inner) {
  const size_t panels = parts_of(outputs, table->panel_width), size = table->int8_panel_size(inner);
  char *packed = zeroed_bytes(panels * size);
  for (size_t p = 0; p < panels; p++) {
    const size_t first = p * table->panel_width;
    table->pack_int8(weight + first * inner, least_of(table->panel_width, outputs - first), inner,
                     packed + p * size, 0);
  }
  return packed;
}

void test_int8(const KernelTable *table) {
  const size_t rows = between(1, 100), outputs = between(1, 90);
  const size_t inner = one_in(8) ? between(1000, 2100) : between(1, 130);
  float *x = random_floats(rows * inner, 3);
  const float *weight = random_floats(outputs * inner, 1);
  if (one_in(4)) memset(x, 0, inner * sizeof(float));
  const float *bias = random_floats(outputs, 1);
  const size_t panels = parts_of(outputs, table->panel_width);
  float *padded = zeroed_bytes(panels * table->panel_width * sizeof(float));
  memcpy(padded, bias, outputs * sizeof(float));
  char *quantised = zeroed_bytes(rows * table->quantised_row_size(inner));
  table->quantise_rows(x, rows, inner, quantised);
  Int8Product product = {.table = table, .rows = rows, .panels = panels,
                         .block_rows = between(1, rows)};
  product.gemm = (Int8Gemm){
      .gemm = {.input = x, .input_stride = inner, .storage = KERNEL_INT8, .inner = inner,
               .panels = packed_panels(table, weight, outputs, inner), .columns = outputs,
               .bias = padded, .output = guarded_floats(rows * outputs), .output_stride = outputs},
      .rows = quantised,
  };
  for_each_task(parts_of(rows, product.block_rows) * panels, multiply_block, &product);
  expect_matrix("gemm, int8", product.gemm.gemm.output, rows, outputs, outputs,
                expected_product(x, rows, weight, outputs, inner, bias), 0, 1e-6);
}

// Products, cut into blocks as Sources/Tensor/Products/PanelMatrix.swift cuts them.

#include "reference.h"
#include "weights.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const KernelTable *table;
  Gemm gemm;
  size_t rows, panels;
  size_t block_rows, block_panels;
} Product;

static void multiply_block(const void *context, size_t task) {
  const Product *product = context;
  const size_t row_blocks = parts_of(product->rows, product->block_rows);
  const size_t first_row = task % row_blocks * product->block_rows;
  const size_t first_panel = task / row_blocks * product->block_panels;
  const size_t rows = least_of(product->block_rows, product->rows - first_row);
  const size_t panels = least_of(product->block_panels, product->panels - first_panel);
  float *scratch = malloc(product->table->gemm_scratch(rows) * sizeof(float));
  product->table->gemm(&product->gemm, first_row, rows, first_panel, panels, scratch);
  free(scratch);
}

static void multiply(const Product *product) {
  const size_t blocks = parts_of(product->rows, product->block_rows) *
                        parts_of(product->panels, product->block_panels);
  for_each_task(blocks, multiply_block, product);
}

// The weight as [outputs, inner], in the order of the product's inner axis.
static double *plain_weight(const Weight *weight) {
  const size_t inner = weight->taps * weight->inputs;
  double *plain = doubles(weight->outputs * inner);
  for (size_t o = 0; o < weight->outputs; o++)
    for (size_t k = 0; k < inner; k++) plain[o * inner + k] = weight_element(weight, k, o);
  return plain;
}

static double *expected_product(const Product *product, const Weight *weight, const float *bias,
                                const float *addend) {
  const Gemm *gemm = &product->gemm;
  const size_t outputs = weight->outputs, columns = gemm->columns;
  double *sums = doubles(product->rows * outputs), *y = doubles(product->rows * columns);
  reference_product(gemm->input, gemm->input_stride, plain_weight(weight), product->rows,
                    gemm->inner, outputs, sums);
  for (size_t r = 0; r < product->rows; r++)
    for (size_t c = 0; c < columns; c++) {
      const double *row = sums + r * outputs;
      double value = row[c] + (bias ? bias[c] : 0);
      if (addend) value += addend[r * gemm->addend_stride + c];
      if (gemm->gated)
        value *= activated(row[columns + c] + (bias ? bias[columns + c] : 0), KERNEL_GELU);
      y[r * columns + c] = activated(value, gemm->activation);
    }
  return y;
}

// Something to add, beside the output or in it; returns a copy that stays.
static const float *choose_addend(Gemm *gemm, size_t rows) {
  gemm->addend_stride = gemm->columns + between(0, 3);
  const float *addend = random_floats((rows - 1) * gemm->addend_stride + gemm->columns, 2);
  gemm->addend = addend;
  if (one_in(2)) return addend;
  for (size_t r = 0; r < rows; r++)
    memcpy(gemm->output + r * gemm->output_stride, addend + r * gemm->addend_stride,
           gemm->columns * sizeof(float));
  float *kept = floats((rows - 1) * gemm->output_stride + gemm->columns);
  for (size_t r = 0; r < rows; r++)
    memcpy(kept + r * gemm->output_stride, addend + r * gemm->addend_stride,
           gemm->columns * sizeof(float));
  gemm->addend_stride = gemm->output_stride;
  gemm->addend = gemm->output;
  return kept;
}

static const char *name_of(KernelStorage storage) {
  switch (storage) {
    case KERNEL_F32: return "gemm, f32 panels";
    case KERNEL_F16: return "gemm, f16 panels";
    case KERNEL_BF16: return "gemm, bf16 panels";
    case KERNEL_INT8: break;
  }
  return "gemm";
}

void test_gemm(const KernelTable *table) {
  // Sometimes an inner axis of more than one block of the kernels, with fewer rows and columns.
  const bool is_deep = one_in(8);
  const size_t rows = between(1, is_deep ? 30 : 180), columns = between(1, is_deep ? 40 : 100);
  const size_t taps = one_in(4) ? 9 : 1;
  const size_t inputs = is_deep ? between(1000, 2100) / taps : between(1, 100) / taps + 1;
  const bool is_gated = one_in(4);
  const Weight weight = random_weight(is_gated ? 2 * columns : columns, inputs, taps, is_gated);
  const size_t inner = taps * inputs;
  Product product = {.table = table, .rows = rows, .panels = panel_count(table, &weight)};
  Gemm *gemm = &product.gemm;
  *gemm = (Gemm){.input_stride = inner + between(0, 3), .panels = packed_weight(table, &weight),
                 .storage = weight.storage, .inner = inner, .columns = columns,
                 .output_stride = columns + between(0, 3), .gated = is_gated};
  gemm->input = random_floats((rows - 1) * gemm->input_stride + inner, 1);
  gemm->output = guarded_floats((rows - 1) * gemm->output_stride + columns);
  const float *bias = one_in(2) ? random_floats(weight.outputs, 1) : NULL;
  if (bias) gemm->bias = packed_bias(table, &weight, bias);
  const float *addend = !is_gated && one_in(2) ? choose_addend(gemm, rows) : NULL;
  if (!is_gated) gemm->activation = random_activation();
  product.block_rows = parts_of(rows, parts_of(rows, between(1, 168)));
  product.block_panels = between(1, product.panels);
  const double *expected = expected_product(&product, &weight, bias, addend);
  multiply(&product);
  // Rounding grows with the root of the inner axis, as the sums do, and some more since it is of partial sums.
  expect_matrix(name_of(weight.storage), gemm->output, rows, columns, gemm->output_stride, expected,
                sqrt((double)inner) / 3, 6e-6);
}

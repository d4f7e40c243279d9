// Kernels of elements, rows and columns, and those that only move elements.

#include "reference.h"
#include "check.h"
#include <math.h>
#include <string.h>

void test_elementwise(const KernelTable *table) {
  const size_t count = between(1, 300), rows = between(1, 5);
  const KernelActivation activation = random_activation();
  float *x = random_floats(2 * rows * count, 9), *y = guarded_floats(rows * count);
  double *expected = doubles(rows * count);
  for (size_t i = 0; i < rows * count; i++) expected[i] = activated(x[i], activation);
  table->activate(x, y, rows * count, activation);
  expect_each_near("activate", y, expected, rows * count, 1e-6, 1e-6);

  for (size_t i = 0; i < rows * count; i++) {
    const float *row = x + i / count * 2 * count + i % count;
    expected[i] = row[0] * activated(row[count], KERNEL_GELU);
  }
  table->gated_gelu(x, y, rows, count);
  expect_each_near("gated_gelu", y, expected, rows * count, 1e-6, 1e-6);

  const float *scale = random_floats(count, 1), *shift = random_floats(count, 1);
  for (size_t i = 0; i < rows * count; i++)
    expected[i] = activated((double)x[i] * scale[i % count] + shift[i % count], activation);
  table->scale_columns(x, y, rows, count, scale, shift, activation);
  expect_near("scale_columns", y, expected, rows * count, 0, 1e-6);
  // In place.
  table->scale_columns(x, x, rows, count, scale, shift, activation);
  expect_near("scale_columns", x, expected, rows * count, 0, 1e-6);
}

static void test_moments(const KernelTable *table, const float *x, size_t rows, size_t columns) {
  double *sums = doubles(2 * columns), *plain = doubles(2 * columns);
  for (size_t i = 0; i < 2 * columns; i++) sums[i] = plain[i] = uniform(1);
  for (size_t i = 0; i < rows * columns; i++) {
    plain[i % columns] += x[i];
    plain[columns + i % columns] += (double)x[i] * x[i];
  }
  table->column_moments(x, rows, columns, sums, sums + columns);
  double error = 0, largest = 1e-300;
  for (size_t i = 0; i < 2 * columns; i++) {
    error = fmax(error, fabs(sums[i] - plain[i]));
    largest = fmax(largest, fabs(plain[i]));
  }
  expect_error("column_moments", error / largest, 1e-14);
}

static void normalize(const float *x, size_t columns, const float *weight, const float *bias,
                      double epsilon, double *y) {
  double mean = 0, variance = 0;
  for (size_t i = 0; i < columns; i++) mean += x[i] / (double)columns;
  for (size_t i = 0; i < columns; i++)
    variance += (x[i] - mean) * (x[i] - mean) / (double)columns;
  for (size_t i = 0; i < columns; i++)
    y[i] = (x[i] - mean) / sqrt(variance + epsilon) * weight[i] + bias[i];
}

static void soften(const float *x, size_t columns, double *y) {
  double largest = -INFINITY, sum = 0;
  for (size_t i = 0; i < columns; i++) largest = fmax(largest, x[i]);
  for (size_t i = 0; i < columns; i++) sum += y[i] = exp(x[i] - largest);
  for (size_t i = 0; i < columns; i++) y[i] /= sum;
}

void test_rows(const KernelTable *table) {
  const size_t rows = between(1, 6), columns = between(1, one_in(8) ? 7 : 400);
  const size_t count = rows * columns;
  const float *x = random_floats(count, 6), *weight = random_floats(columns, 2),
              *bias = random_floats(columns, 1);
  float *y = guarded_floats(count);
  double *expected = doubles(count);
  test_moments(table, x, rows, columns);
  const float epsilon = one_in(2) ? 1e-5f : 1e-6f;
  for (size_t r = 0; r < rows; r++)
    normalize(x + r * columns, columns, weight, bias, epsilon, expected + r * columns);
  table->layer_norm(x, y, rows, columns, weight, bias, epsilon);
  // The mean is rounded to f32, which counts where a few columns happen to be nearly equal: 6 * 2^-24 against
  // the root of epsilon at worst.
  if (columns < 8)
    expect_near("layer_norm, few columns", y, expected, count, 0, 4e-4);
  else
    expect_near("layer_norm", y, expected, count, 0, 1e-6);
  for (size_t r = 0; r < rows; r++) soften(x + r * columns, columns, expected + r * columns);
  table->softmax(x, y, rows, columns);
  expect_near("softmax", y, expected, count, 0, 1e-6);
}

static void test_widening(const KernelTable *table) {
  const size_t count = between(1, 300);
  unsigned char *x = odd_bytes(2 * count);
  float *y = guarded_floats(count), *z = guarded_floats(count);
  double *halves = doubles(count), *bfloats = doubles(count);
  for (size_t i = 0; i < count; i++) {
    const uint16_t bits = (uint16_t)random_bits();
    memcpy(x + 2 * i, &bits, sizeof bits);
    halves[i] = half_value(bits);
    bfloats[i] = bfloat_value(bits);
  }
  table->widen_f16(x, y, count);
  expect_each_near("widen_f16", y, halves, count, 0x1p-149, 0);
  table->widen_bf16(x, z, count);
  expect_each_near("widen_bf16", z, bfloats, count, 0x1p-149, 0);
}

void test_moving(const KernelTable *table) {
  test_widening(table);
  const size_t rows = between(1, 70), columns = between(1, 70);
  const size_t x_stride = columns + between(0, 5), y_stride = rows + between(0, 5);
  const float *x = random_floats((rows - 1) * x_stride + columns, 1);
  float *y = guarded_floats((columns - 1) * y_stride + rows);
  double *expected = doubles(rows * columns);
  for (size_t i = 0; i < rows * columns; i++)
    expected[i] = x[i % rows * x_stride + i / rows];
  table->transpose(x, x_stride, y, y_stride, rows, columns);
  expect_matrix("transpose", y, columns, rows, y_stride, expected, 0, 0);
}

void test_window_line(const KernelTable *table) {
  const size_t stored = between(1, 20), repeat = between(1, 2), channels = between(1, 70);
  const size_t first = between(0, stored * repeat - 1);
  const size_t pixels = between(1, stored * repeat - first);
  const size_t x_stride = channels + between(0, 5), y_stride = channels + between(0, 5);
  const KernelActivation activation = random_activation();
  const float *x = random_floats((stored - 1) * x_stride + channels, 2);
  const float *scale = one_in(2) ? random_floats(channels, 1) : NULL;
  const float *shift = scale ? random_floats(channels, 1) : NULL;
  float *y = guarded_floats((pixels - 1) * y_stride + channels);
  double *expected = doubles(pixels * channels);
  for (size_t i = 0; i < pixels * channels; i++) {
    const size_t channel = i % channels, pixel = (first + i / channels) / repeat;
    const double value = x[pixel * x_stride + channel];
    expected[i] = scale ? activated(value * scale[channel] + shift[channel], activation) : value;
  }
  table->window_line(x, x_stride, first, repeat, y, y_stride, pixels, channels, scale, shift,
                     activation);
  expect_matrix("window_line", y, pixels, channels, y_stride, expected, 0, 1e-6);
}

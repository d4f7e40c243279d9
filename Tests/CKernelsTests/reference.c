#include "reference.h"
#include <math.h>
#include <stdlib.h>

double half_value(uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const double sign = bits & 0x8000 ? -1 : 1;
  if (exponent == 31) return fraction ? NAN : sign * INFINITY;
  if (exponent == 0) return sign * ldexp(fraction, -24);
  return sign * ldexp(1024 + fraction, exponent - 25);
}

double bfloat_value(uint16_t bits) {
  const int exponent = bits >> 7 & 255, fraction = bits & 127;
  const double sign = bits & 0x8000 ? -1 : 1;
  if (exponent == 255) return fraction ? NAN : sign * INFINITY;
  if (exponent == 0) return sign * ldexp(fraction, -133);
  return sign * ldexp(128 + fraction, exponent - 134);
}

double activated(double x, KernelActivation activation) {
  switch (activation) {
    case KERNEL_IDENTITY: return x;
    case KERNEL_SILU: return x / (1 + exp(-x));
    case KERNEL_GELU: return 0.5 * x * erfc(-x / sqrt(2));
    case KERNEL_QUICK_GELU: return x / (1 + exp(-1.702 * x));
  }
  return NAN;
}

void reference_product(const float *x, size_t x_stride, const double *weight, size_t rows,
                       size_t inner, size_t outputs, double *y) {
  for (size_t r = 0; r < rows; r++)
    for (size_t o = 0; o < outputs; o++) {
      double sum = 0;
      for (size_t k = 0; k < inner; k++) sum += (double)x[r * x_stride + k] * weight[o * inner + k];
      y[r * outputs + o] = sum;
    }
}

// The part of an output that comes through one of the nine taps.
static double through_tap(const ReferenceConvolution *c, size_t sample, size_t y, size_t x,
                          size_t output, size_t tap) {
  const size_t row = y + tap / 3, column = x + tap % 3;
  if (row < c->top || row - c->top >= c->picture_height) return 0;
  if (column < c->left || column - c->left >= c->picture_width) return 0;
  const size_t line = sample * c->picture_height + row - c->top;
  const double *pixel = c->picture + (line * c->picture_width + column - c->left) * c->inputs;
  double sum = 0;
  for (size_t i = 0; i < c->inputs; i++)
    sum += pixel[i] * c->weight[(output * c->inputs + i) * 9 + tap];
  return sum;
}

void reference_convolution(const ReferenceConvolution *c, double *result) {
  for (size_t sample = 0; sample < c->samples; sample++)
    for (size_t y = 0; y < c->height; y++)
      for (size_t x = 0; x < c->width; x++)
        for (size_t output = 0; output < c->outputs; output++) {
          double sum = 0;
          for (size_t tap = 0; tap < 9; tap++) sum += through_tap(c, sample, y, x, output, tap);
          *result++ = sum;
        }
}

void reference_attention(const KernelAttention *attention, const float *queries, const float *keys,
                         const float *values, size_t query_count, double *y) {
  const size_t stride = attention->stride, size = attention->size;
  double *weights = malloc(attention->keys * sizeof(double));
  for (size_t q = 0; q < query_count; q++) {
    const size_t seen =
        attention->is_causal && q + 1 < attention->keys ? q + 1 : attention->keys;
    double largest = -INFINITY, sum = 0;
    for (size_t k = 0; k < seen; k++) {
      double score = 0;
      for (size_t d = 0; d < size; d++)
        score += (double)queries[q * stride + d] * keys[k * stride + d];
      weights[k] = score * attention->scale;
      largest = fmax(largest, weights[k]);
    }
    for (size_t k = 0; k < seen; k++) sum += weights[k] = exp(weights[k] - largest);
    for (size_t d = 0; d < size; d++) {
      double result = 0;
      for (size_t k = 0; k < seen; k++) result += weights[k] * values[k * stride + d];
      y[q * stride + d] = result / sum;
    }
  }
  free(weights);
}

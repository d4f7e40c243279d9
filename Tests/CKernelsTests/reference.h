// Plain f64 loops: what the kernels are compared with.
#ifndef REFERENCE_H
#define REFERENCE_H

#include "CKernels.h"
#include <stdint.h>

double half_value(uint16_t bits);
double bfloat_value(uint16_t bits);
double activated(double x, KernelActivation activation);

// Row-major [rows, inner] times the transpose of [outputs, inner].
void reference_product(const float *x, size_t x_stride, const double *weight, size_t rows,
                       size_t inner, size_t outputs, double *y);

// A convolution of 3x3 pixels, zeros outside: [N, h, w, I] to [N, height, width, O], with [O, I, 9] weights.
typedef struct {
  const double *picture;
  size_t samples, picture_height, picture_width, inputs;
  size_t top, left;
  const double *weight;
  size_t height, width, outputs;
} ReferenceConvolution;
void reference_convolution(const ReferenceConvolution *convolution, double *y);

// One head: queries, keys, values and results lie `stride` elements apart from row to row.
void reference_attention(const KernelAttention *attention, const float *queries, const float *keys,
                         const float *values, size_t query_count, double *y);

#endif

// Weights as a checkpoint stores them, packed in panels as Sources/Tensor/Products/PanelPacking.swift does.
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include "check.h"

typedef struct {
  size_t outputs, inputs, taps;
  bool is_gated;
  KernelStorage storage;
  // [outputs, inputs, taps], at an odd address.
  const unsigned char *stored;
  // The same, as f64.
  const double *values;
} Weight;

Weight random_weight(size_t outputs, size_t inputs, size_t taps, bool is_gated);
// An element as the matrix [taps * inputs, outputs] of the product has it.
double weight_element(const Weight *weight, size_t inner, size_t output);
size_t panel_count(const KernelTable *table, const Weight *weight);
size_t element_size(const Weight *weight);
// [panel][taps * inputs][panel_width], zeros where there is no column; every element is checked.
void *packed_weight(const KernelTable *table, const Weight *weight);
// A value for each column of each panel; `bias` is [outputs].
float *packed_bias(const KernelTable *table, const Weight *weight, const float *bias);

#endif

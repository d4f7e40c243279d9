#include "weights.h"
#include "reference.h"
#include <string.h>

size_t element_size(const Weight *weight) { return weight->storage == KERNEL_F32 ? 4 : 2; }

// Values of at most 2 whose exponents differ.
static double random_element(KernelStorage storage, unsigned char *stored) {
  const uint16_t sign = (uint16_t)(random_bits() & 0x8000);
  uint16_t bits = 0;
  double value = 0;
  if (storage == KERNEL_F32) {
    const float x = uniform(1);
    memcpy(stored, &x, sizeof x);
    return x;
  } else if (storage == KERNEL_F16) {
    bits = (uint16_t)(sign | between(9, 15) << 10 | between(0, 1023));
    value = half_value(bits);
  } else {
    bits = (uint16_t)(sign | between(121, 127) << 7 | between(0, 127));
    value = bfloat_value(bits);
  }
  memcpy(stored, &bits, sizeof bits);
  return value;
}

Weight random_weight(size_t outputs, size_t inputs, size_t taps, bool is_gated) {
  Weight weight = {outputs, inputs, taps, is_gated, (KernelStorage)between(KERNEL_F32, KERNEL_BF16),
                   NULL, NULL};
  const size_t count = outputs * inputs * taps, size = element_size(&weight);
  unsigned char *stored = odd_bytes(count * size);
  double *values = doubles(count);
  for (size_t i = 0; i < count; i++) values[i] = random_element(weight.storage, stored + i * size);
  weight.stored = stored;
  weight.values = values;
  return weight;
}

double weight_element(const Weight *weight, size_t inner, size_t output) {
  const size_t tap = inner / weight->inputs, input = inner % weight->inputs;
  return weight->values[(output * weight->inputs + input) * weight->taps + tap];
}

size_t panel_count(const KernelTable *table, const Weight *weight) {
  const size_t width = table->panel_width;
  return weight->is_gated ? parts_of(weight->outputs / 2, width / 2)
                          : parts_of(weight->outputs, width);
}

// Which output stands in a column of a panel; `outputs` where none does.
static size_t output_of_column(const KernelTable *table, const Weight *weight, size_t panel,
                               size_t column) {
  const size_t width = table->panel_width, half = width / 2, outputs = weight->outputs;
  if (!weight->is_gated) return least_of(panel * width + column, outputs);
  const size_t place = panel * half + column % half;
  if (place >= outputs / 2) return outputs;
  return column < half ? place : outputs / 2 + place;
}

static void pack_part(const KernelTable *table, const Weight *weight, char *panel, size_t column,
                      size_t first, size_t count) {
  const size_t size = element_size(weight), inputs = weight->inputs, taps = weight->taps;
  for (size_t tap = 0; tap < taps; tap++)
    (size == 4 ? table->pack_panel_32 : table->pack_panel_16)(
        weight->stored + (first * inputs * taps + tap) * size, inputs * taps, taps, count, inputs,
        panel + (tap * inputs * table->panel_width + column) * size);
}

static void check_panel(const KernelTable *table, const Weight *weight, const char *panel,
                        size_t index) {
  const size_t size = element_size(weight), inputs = weight->inputs, taps = weight->taps;
  const char zeros[4] = {0};
  for (size_t k = 0; k < inputs * taps; k++)
    for (size_t column = 0; column < table->panel_width; column++) {
      const size_t output = output_of_column(table, weight, index, column);
      const size_t source = (output * inputs + k % inputs) * taps + k / inputs;
      const void *expected = output < weight->outputs ? (void *)(weight->stored + source * size)
                                                      : (void *)zeros;
      if (memcmp(panel + (k * table->panel_width + column) * size, expected, size) != 0)
        return fail("pack_panel", "an element is not in its place");
    }
}

void *packed_weight(const KernelTable *table, const Weight *weight) {
  const size_t width = table->panel_width, half = width / 2, outputs = weight->outputs;
  const size_t size = weight->taps * weight->inputs * width * element_size(weight);
  const size_t count = panel_count(table, weight);
  char *panels = zeroed_bytes(count * size);
  for (size_t i = 0; i < count; i++) {
    char *panel = panels + i * size;
    if (weight->is_gated) {
      const size_t first = i * half, columns = least_of(half, outputs / 2 - first);
      pack_part(table, weight, panel, 0, first, columns);
      pack_part(table, weight, panel, half, outputs / 2 + first, columns);
    } else {
      pack_part(table, weight, panel, 0, i * width, least_of(width, outputs - i * width));
    }
    check_panel(table, weight, panel, i);
  }
  return panels;
}

float *packed_bias(const KernelTable *table, const Weight *weight, const float *bias) {
  const size_t width = table->panel_width, count = panel_count(table, weight) * width;
  float *packed = floats(count);
  for (size_t i = 0; i < count; i++) {
    const size_t output = output_of_column(table, weight, i / width, i % width);
    packed[i] = output < weight->outputs ? bias[output] : 0;
  }
  return packed;
}

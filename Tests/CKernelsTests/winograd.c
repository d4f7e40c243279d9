// Convolutions, cut into tasks as Sources/Tensor/Convolution/WinogradConvolution.swift cuts them.

#include "reference.h"
#include "weights.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const KernelTable *table;
  Winograd call;
  // The picture, [N, lines, pixels, I], and what a convolution sees of it.
  const float *picture, *scale, *shift;
  size_t samples, lines, pixels, repeat, top, left;
  KernelActivation activation;
  // The weights as f32 panels and their factors, [panel][points^2][I][width].
  const float *taps;
  float *weights;
  size_t panels;
  // The tiles of a line, and the lines of tiles of a sample.
  size_t across, down;
  // How it is cut, and the lines of tiles at hand.
  size_t channels_per_task, tiles_per_task, first_line, line_count;
  float *factors;
  size_t product_stride;
} Convolution;

static size_t factor_count(const Convolution *c) {
  return c->call.points * c->call.points * c->call.inputs * c->table->panel_width;
}

static void make_weights(const void *context, size_t panel) {
  const Convolution *c = context;
  c->table->winograd_weights(c->call.points,
                             c->taps + panel * 9 * c->call.inputs * c->table->panel_width,
                             c->call.inputs, c->weights + panel * factor_count(c));
}

// The lines that a line of tiles sees, [points, pixels, channels], with zeros outside the picture.
static void copy_window(const Convolution *c, size_t line, size_t first, size_t channels,
                        float *window) {
  const size_t step = c->call.points - 2, pixels = c->across * step + 2;
  const size_t sample = line / c->down, inputs = c->call.inputs;
  const size_t inside = least_of(c->pixels * c->repeat, pixels - c->left);
  memset(window, 0, c->call.points * pixels * channels * sizeof(float));
  for (size_t i = 0; i < c->call.points; i++) {
    const size_t y = line % c->down * step + i;
    if (y < c->top || y - c->top >= c->lines * c->repeat) continue;
    const size_t source = (sample * c->lines + (y - c->top) / c->repeat) * c->pixels;
    const size_t parameters = sample * inputs + first;
    c->table->window_line(c->picture + source * inputs + first, inputs, 0, c->repeat,
                          window + (i * pixels + c->left) * channels, channels, inside, channels,
                          c->scale ? c->scale + parameters : NULL,
                          c->scale ? c->shift + parameters : NULL, c->activation);
  }
}

static void transform_input(const void *context, size_t task) {
  const Convolution *c = context;
  const size_t inputs = c->call.inputs, parts = parts_of(inputs, c->channels_per_task);
  const size_t line = task / parts, first = task % parts * c->channels_per_task;
  const size_t channels = least_of(c->channels_per_task, inputs - first);
  const size_t pixels = c->across * (c->call.points - 2) + 2;
  float *window = malloc(c->call.points * pixels * channels * sizeof(float));
  copy_window(c, c->first_line + line, first, channels, window);
  c->table->winograd_input(c->call.points, window, pixels * channels, channels, c->across, channels,
                           c->factors + line * c->across * inputs + first, c->product_stride,
                           inputs);
  free(window);
}

static void multiply_tiles(const void *context, size_t task) {
  const Convolution *c = context;
  const size_t tiles = c->line_count * c->across, parts = parts_of(tiles, c->tiles_per_task);
  const size_t panel = task / parts, part = task % parts;
  const size_t first = tiles * part / parts, count = tiles * (part + 1) / parts - first;
  const size_t products = c->call.points * c->call.points;
  float *scratch = malloc(products * count * c->table->panel_width * sizeof(float));
  c->table->winograd_block(&c->call, c->factors + first * c->call.inputs, c->product_stride,
                           c->first_line * c->across + first, count,
                           c->weights + panel * factor_count(c), panel, scratch);
  free(scratch);
}

static void convolve(Convolution *c, size_t lines_per_block) {
  const size_t inputs = c->call.inputs, lines = c->samples * c->down;
  const size_t products = c->call.points * c->call.points;
  c->product_stride = lines_per_block * c->across * inputs + between(0, 16);
  c->factors = floats((products - 1) * c->product_stride + lines_per_block * c->across * inputs);
  c->weights = floats(c->panels * factor_count(c));
  for_each_task(c->panels, make_weights, c);
  for (c->first_line = 0; c->first_line < lines; c->first_line += lines_per_block) {
    c->line_count = least_of(lines_per_block, lines - c->first_line);
    for_each_task(c->line_count * parts_of(inputs, c->channels_per_task), transform_input, c);
    for_each_task(c->panels * parts_of(c->line_count * c->across, c->tiles_per_task),
                  multiply_tiles, c);
  }
}

// The picture as the convolution sees it, [N, H, W, I].
static double *seen_picture(const Convolution *c) {
  const size_t height = c->lines * c->repeat, width = c->pixels * c->repeat;
  const size_t inputs = c->call.inputs;
  double *seen = doubles(c->samples * height * width * inputs);
  for (size_t i = 0; i < c->samples * height * width * inputs; i++) {
    const size_t x = i / inputs % width, y = i / inputs / width % height;
    const size_t sample = i / inputs / width / height, channel = i % inputs;
    const size_t place = (sample * c->lines + y / c->repeat) * c->pixels + x / c->repeat;
    const double value = c->picture[place * inputs + channel];
    const size_t parameter = sample * inputs + channel;
    seen[i] = c->scale ? activated(value * c->scale[parameter] + c->shift[parameter], c->activation)
                       : value;
  }
  return seen;
}

// With biases for each sample, [samples or 1][panels * width], and an addend in the output's shape or none.
static double *expected_output(const Convolution *c, const Weight *weight, const float *addend) {
  const Winograd *w = &c->call;
  const size_t count = c->samples * w->height * w->width * w->columns;
  double *y = doubles(count);
  const ReferenceConvolution reference = {
      seen_picture(c), c->samples, c->lines * c->repeat, c->pixels * c->repeat, w->inputs, c->top,
      c->left, weight->values, w->height, w->width, w->columns};
  reference_convolution(&reference, y);
  for (size_t i = 0; i < count; i++) {
    const size_t sample = i / (w->height * w->width * w->columns);
    y[i] += w->bias[sample * w->bias_stride + i % w->columns];
    if (addend) y[i] += addend[i];
  }
  return y;
}

// The weights as f32.
static const float *widened(const KernelTable *table, const Weight *weight, size_t count) {
  const void *packed = packed_weight(table, weight);
  if (weight->storage == KERNEL_F32) return packed;
  float *taps = floats(count);
  (weight->storage == KERNEL_F16 ? table->widen_f16 : table->widen_bf16)(packed, taps, count);
  return taps;
}

static Convolution random_convolution(const KernelTable *table) {
  Convolution c = {.table = table, .samples = between(1, 4), .lines = between(1, 11),
                   .pixels = between(1, 17), .repeat = between(1, 2), .top = between(0, 1),
                   .left = between(0, 1), .activation = random_activation(),
                   .channels_per_task = one_in(2) ? 64 : 16, .tiles_per_task = one_in(2) ? 64 : 5};
  Winograd *w = &c.call;
  w->points = one_in(2) ? 4 : 6;
  w->inputs = between(1, 70);
  w->columns = between(1, 70);
  // At least one pixel, with zeros below and to the right where they are needed for it, or by chance.
  const size_t height = c.lines * c.repeat + c.top, width = c.pixels * c.repeat + c.left;
  w->height = height + between(height > 2 ? 0 : 3 - height, 2) - 2;
  w->width = width + between(width > 2 ? 0 : 3 - width, 2) - 2;
  c.across = parts_of(w->width, w->points - 2);
  c.down = parts_of(w->height, w->points - 2);
  c.picture = random_floats(c.samples * c.lines * c.pixels * w->inputs, 1);
  if (one_in(2)) {
    c.scale = random_floats(c.samples * w->inputs, 1);
    c.shift = random_floats(c.samples * w->inputs, 1);
  }
  return c;
}

void test_winograd(const KernelTable *table) {
  Convolution c = random_convolution(table);
  Winograd *w = &c.call;
  const Weight weight = random_weight(w->columns, w->inputs, 9, false);
  c.panels = panel_count(table, &weight);
  const size_t padded = c.panels * table->panel_width;
  c.taps = widened(table, &weight, 9 * w->inputs * padded);
  w->bias_stride = one_in(2) ? padded : 0;
  w->bias = random_floats(w->bias_stride ? c.samples * padded : padded, 1);
  const size_t count = c.samples * w->height * w->width * w->columns;
  w->output = guarded_floats(count);
  float *addend = one_in(2) ? random_floats(count, 2) : NULL;
  const double *expected = expected_output(&c, &weight, addend);
  if (addend && one_in(2)) addend = memcpy(w->output, addend, count * sizeof(float));
  w->addend = addend;
  convolve(&c, between(1, c.samples * c.down));
  // The transforms of tiles of 4x4 amplify rounding: see winograd.h.
  const double usual = sqrt((double)w->inputs);
  if (w->points == 4)
    expect_near("winograd, 2x2 outputs", w->output, expected, count, usual, 1.5e-6);
  else
    expect_near("winograd, 4x4 outputs", w->output, expected, count, usual, 7e-6);
}

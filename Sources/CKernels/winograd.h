// Convolutions of 3x3 pixels by Winograd's minimal filtering: a tile of m x m outputs is transformed back
// from (m + 2)^2 products, each a matrix product over the channels of all tiles.
//
// Source: Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural Networks". Their points for m = 4,
// 0, +-1, +-2, lose two digits; 0, +-5/8, +-3/2 lose less than one (Barabasz et al. 2018, "Error Analysis and
// Improving the Accuracy of Winograd Convolution for Deep Neural Networks", on the choice of points), and
// all constants that they give are exact in f32.

#define POINT_A 0.625f
#define POINT_B 1.5f
#define A2 (POINT_A * POINT_A)
#define B2 (POINT_B * POINT_B)

enum { MOST_POINTS = 6 };

// Six inputs, or four, to as many products' factors.
INLINE void input_transform(const size_t points, const vec *x, size_t stride, vec *y,
                            size_t y_stride) {
  const vec x0 = x[0], x1 = x[stride], x2 = x[2 * stride], x3 = x[3 * stride];
  if (points == 4) {
    y[0] = x0 - x2;
    y[y_stride] = x1 + x2;
    y[2 * y_stride] = x2 - x1;
    y[3 * y_stride] = x1 - x3;
    return;
  }
  const vec x4 = x[4 * stride], x5 = x[5 * stride];
  const vec even_a = multiply_add(splat(-B2), x2, x4), even_b = multiply_add(splat(-A2), x2, x4);
  const vec odd_a = splat(POINT_A) * multiply_add(splat(-B2), x1, x3);
  const vec odd_b = splat(POINT_B) * multiply_add(splat(-A2), x1, x3);
  y[0] = multiply_add(splat(A2 * B2), x0, multiply_add(splat(-(A2 + B2)), x2, x4));
  y[y_stride] = even_a + odd_a;
  y[2 * y_stride] = even_a - odd_a;
  y[3 * y_stride] = even_b + odd_b;
  y[4 * y_stride] = even_b - odd_b;
  y[5 * y_stride] = multiply_add(splat(A2 * B2), x1, multiply_add(splat(-(A2 + B2)), x3, x5));
}

// As many products to four outputs, or two.
INLINE void output_transform(const size_t points, const vec *x, size_t stride, vec *y,
                             size_t y_stride) {
  const vec sum_a = x[stride] + x[2 * stride], odd_a = x[stride] - x[2 * stride];
  if (points == 4) {
    y[0] = x[0] + sum_a;
    y[y_stride] = odd_a - x[3 * stride];
    return;
  }
  const vec sum_b = x[3 * stride] + x[4 * stride], odd_b = x[3 * stride] - x[4 * stride];
  y[0] = x[0] + (sum_a + sum_b);
  y[y_stride] = multiply_add(splat(POINT_A), odd_a, splat(POINT_B) * odd_b);
  y[2 * y_stride] = multiply_add(splat(A2), sum_a, splat(B2) * sum_b);
  y[3 * y_stride] = multiply_add(splat(A2 * POINT_A), odd_a,
                                 multiply_add(splat(B2 * POINT_B), odd_b, x[5 * stride]));
}

// Three weights to as many factors as there are points.
INLINE void weight_transform(const size_t points, const vec *x, size_t stride, vec *y,
                             size_t y_stride) {
  const vec x0 = x[0], x1 = x[stride], x2 = x[2 * stride];
  y[(points - 1) * y_stride] = x2;
  if (points == 4) {
    const vec even = splat(0.5f) * (x0 + x2), odd = splat(0.5f) * x1;
    y[0] = x0;
    y[y_stride] = even + odd;
    y[2 * y_stride] = even - odd;
    return;
  }
  const vec scale_a = splat((float)(1.0 / (2.0 * A2 * (A2 - B2))));
  const vec scale_b = splat((float)(1.0 / (2.0 * B2 * (B2 - A2))));
  const vec even_a = scale_a * multiply_add(splat(A2), x2, x0), odd_a = scale_a * splat(POINT_A) * x1;
  const vec even_b = scale_b * multiply_add(splat(B2), x2, x0), odd_b = scale_b * splat(POINT_B) * x1;
  y[0] = splat((float)(1.0 / ((double)A2 * B2))) * x0;
  y[y_stride] = even_a + odd_a;
  y[2 * y_stride] = even_a - odd_a;
  y[3 * y_stride] = even_b + odd_b;
  y[4 * y_stride] = even_b - odd_b;
}

// The windows of a line of tiles at some channels, `count` of them counting.
INLINE void transform_window(const size_t points, const float *window, size_t line_stride,
                             size_t pixel_stride, size_t count, float *y, size_t product_stride) {
  vec x[MOST_POINTS * MOST_POINTS], half[MOST_POINTS * MOST_POINTS];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < points; i++)
#pragma clang loop unroll(full)
    for (size_t j = 0; j < points; j++) {
      const float *pixel = window + i * line_stride + j * pixel_stride;
      x[i * points + j] = count == VEC_LANES ? load(pixel) : load_some(pixel, count);
    }
#pragma clang loop unroll(full)
  for (size_t j = 0; j < points; j++) input_transform(points, x + j, points, half + j, points);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < points; i++)
    input_transform(points, half + i * points, 1, x + i * points, 1);
#pragma clang loop unroll(full)
  for (size_t p = 0; p < points * points; p++) {
    if (count == VEC_LANES)
      store(y + p * product_stride, x[p]);
    else
      store_some(y + p * product_stride, x[p], count);
  }
}

INLINE void transform_line(const size_t points, const float *window, size_t line_stride,
                           size_t pixel_stride, size_t tiles, size_t channels, float *factors,
                           size_t product_stride, size_t tile_stride) {
  for (size_t t = 0; t < tiles; t++) {
    const float *x = window + t * (points - 2) * pixel_stride;
    float *y = factors + t * tile_stride;
    size_t c = 0;
    for (; c + VEC_LANES <= channels; c += VEC_LANES)
      transform_window(points, x + c, line_stride, pixel_stride, VEC_LANES, y + c, product_stride);
    if (c < channels)
      transform_window(points, x + c, line_stride, pixel_stride, channels - c, y + c,
                       product_stride);
  }
}

static void winograd_input(size_t points, const float *window, size_t line_stride,
                           size_t pixel_stride, size_t tiles, size_t channels, float *factors,
                           size_t product_stride, size_t tile_stride) {
  if (points == 4)
    transform_line(4, window, line_stride, pixel_stride, tiles, channels, factors, product_stride,
                   tile_stride);
  else
    transform_line(6, window, line_stride, pixel_stride, tiles, channels, factors, product_stride,
                   tile_stride);
}

INLINE void transform_weights(const size_t points, const float *taps, size_t inputs, float *factors) {
  const size_t size = inputs * PANEL;
  for (size_t k = 0; k < size; k += VEC_LANES) {
    vec x[9], half[3 * MOST_POINTS], y[MOST_POINTS * MOST_POINTS];
    for (size_t t = 0; t < 9; t++) x[t] = load(taps + t * size + k);
    for (size_t j = 0; j < 3; j++) weight_transform(points, x + j, 3, half + j, 3);
    for (size_t i = 0; i < points; i++) weight_transform(points, half + 3 * i, 1, y + i * points, 1);
    for (size_t p = 0; p < points * points; p++) store(factors + p * size + k, y[p]);
  }
}

static void winograd_weights(size_t points, const float *taps, size_t inputs, float *factors) {
  if (points == 4)
    transform_weights(4, taps, inputs, factors);
  else
    transform_weights(6, taps, inputs, factors);
}

// Where a tile's outputs go: those that lie inside the picture.
typedef struct {
  float *output;
  const float *addend;
  size_t line_stride, pixel_stride;
  size_t lines, pixels;
} TilePlace;

static TilePlace place_of_tile(const Winograd *w, size_t tile, size_t column) {
  const size_t m = w->points - 2;
  const size_t across = parts_of(w->width, m), down = parts_of(w->height, m);
  const size_t sample = tile / (across * down);
  const size_t y = tile / across % down * m, x = tile % across * m;
  const size_t start = ((sample * w->height + y) * w->width + x) * w->columns + column;
  return (TilePlace){
      .output = w->output + start,
      .addend = w->addend ? w->addend + start : NULL,
      .line_stride = w->width * w->columns,
      .pixel_stride = w->columns,
      .lines = w->height - y < m ? w->height - y : m,
      .pixels = w->width - x < m ? w->width - x : m,
  };
}

// Some columns of a tile, `count` of them counting.
INLINE void finish_tile(const size_t points, const float *products, size_t product_stride, vec bias,
                        TilePlace place, size_t count) {
  vec x[MOST_POINTS * MOST_POINTS], half[MOST_POINTS * MOST_POINTS];
  const size_t m = points - 2;
#pragma clang loop unroll(full)
  for (size_t p = 0; p < points * points; p++) x[p] = load(products + p * product_stride);
#pragma clang loop unroll(full)
  for (size_t j = 0; j < points; j++) output_transform(points, x + j, points, half + j, points);
#pragma clang loop unroll(full)
  for (size_t i = 0; i < m; i++) output_transform(points, half + i * points, 1, x + i * m, 1);
  for (size_t i = 0; i < place.lines; i++) {
    for (size_t j = 0; j < place.pixels; j++) {
      const size_t offset = i * place.line_stride + j * place.pixel_stride;
      vec y = x[i * m + j] + bias;
      if (count == VEC_LANES) {
        if (place.addend) y += load(place.addend + offset);
        store(place.output + offset, y);
      } else {
        if (place.addend) y += load_some(place.addend + offset, count);
        store_some(place.output + offset, y, count);
      }
    }
  }
}

INLINE void finish_tiles(const size_t points, const Winograd *w, size_t first_tile, size_t tiles,
                         size_t panel, const float *products) {
  const size_t column = panel * PANEL, product_stride = tiles * PANEL;
  const size_t left = w->columns - column, columns = left < PANEL ? left : PANEL;
  const size_t m = points - 2;
  const size_t tiles_of_sample = parts_of(w->width, m) * parts_of(w->height, m);
  for (size_t t = 0; t < tiles; t++) {
    const size_t tile = first_tile + t;
    const float *bias = w->bias + tile / tiles_of_sample * w->bias_stride + column;
    for (size_t c = 0; c < columns; c += VEC_LANES) {
      const TilePlace place = place_of_tile(w, tile, column + c);
      const float *x = products + t * PANEL + c;
      if (columns - c >= VEC_LANES)
        finish_tile(points, x, product_stride, load(bias + c), place, VEC_LANES);
      else
        finish_tile(points, x, product_stride, load(bias + c), place, columns - c);
    }
  }
}

static void winograd_block(const Winograd *w, const float *factors, size_t product_stride,
                           size_t first_tile, size_t tiles, const float *weights, size_t panel,
                           float *scratch) {
  const size_t products = w->points * w->points;
  for (size_t p = 0; p < products; p++) {
    const Tile tile = {.output = scratch + p * tiles * PANEL, .stride = PANEL};
    multiply_panel(tiles, factors + p * product_stride, w->inputs,
                   weights + p * w->inputs * PANEL, w->inputs, tile);
  }
  if (w->points == 4)
    finish_tiles(4, w, first_tile, tiles, panel, scratch);
  else
    finish_tiles(6, w, first_tile, tiles, panel, scratch);
}

// A line of pixels as a convolution sees it: each repeated, normalized and activated.
static void window_line(const float *x, size_t x_stride, size_t first, size_t repeat, float *y,
                        size_t y_stride, size_t pixels, size_t channels, const float *scale,
                        const float *shift, KernelActivation activation) {
  for (size_t i = 0; i < pixels; i++, y += y_stride) {
    const float *pixel = x + (first + i) / repeat * x_stride;
    if (repeat > 1 && i > 0 && (first + i) % repeat != 0)
      memcpy(y, y - y_stride, channels * sizeof(float));
    else if (scale)
      scale_columns(pixel, y, 1, channels, scale, shift, activation);
    else
      memcpy(y, pixel, channels * sizeof(float));
  }
}

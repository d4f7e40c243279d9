#ifndef EASEL_CKERNELS_H
#define EASEL_CKERNELS_H

/// The kernels: pure loops over memory that the caller owns. They check nothing and allocate nothing.
/// Matrices are row-major; `rows` and `columns` count elements.

#include <stdbool.h>
#include <stddef.h>

typedef enum {
  KERNEL_IDENTITY,
  KERNEL_SILU,
  KERNEL_GELU,
  KERNEL_QUICK_GELU,
} KernelActivation;

/// How elements are stored.
typedef enum {
  KERNEL_F32,
  KERNEL_F16,
  KERNEL_BF16,
  KERNEL_INT8,
} KernelStorage;

/// output = activation(input * matrix + addend + bias), for row-major matrices and one that was packed.
typedef struct {
  /// [rows, inner], `input_stride` elements from row to row.
  const float *_Nonnull input;
  size_t input_stride;
  /// The matrix, [inner, columns], in panels of `panel_width` columns: [panel][inner][panel_width].
  const void *_Nonnull panels;
  KernelStorage storage;
  size_t inner;
  /// The columns of the output.
  size_t columns;
  /// A value for each column of each panel, or null for none.
  const float *_Nullable bias;
  /// [rows, columns], or null for none. It may be the output.
  const float *_Nullable addend;
  size_t addend_stride;
  float *_Nonnull output;
  size_t output_stride;
  KernelActivation activation;
  /// Whether the first half of each panel are values and the second half their gates: then
  /// output = value * gelu(gate), without an addend.
  bool gated;
} Gemm;

/// The same of rows and a matrix of 8-bit integers, each row and each column with a scale of its own:
/// output = activation(row scale * column scale * sum + addend + bias). The sums are exact, for an inner axis of
/// 65536 at most.
typedef struct {
  /// How the product is finished. Its input is not read; its panels are those of `pack_int8`.
  Gemm gemm;
  /// Rows as `quantise_rows` writes them.
  const void *_Nonnull rows;
} Int8Gemm;

/// A convolution of 3x3 pixels, of step 1, by Winograd's minimal filtering with tiles of m x m outputs.
typedef struct {
  /// m + 2: 4 or 6.
  size_t points;
  /// The channels that come in, and those that go out.
  size_t inputs;
  size_t columns;
  /// The size of the picture that comes out.
  size_t height;
  size_t width;
  /// A value for each column of each panel, `bias_stride` elements from sample to sample (or 0).
  const float *_Nonnull bias;
  size_t bias_stride;
  /// Added to the output, in its shape; or null. It may be the output.
  const float *_Nullable addend;
  /// [N, height, width, columns]
  float *_Nonnull output;
} Winograd;

/// What the queries of one head have in common: softmax(scale * queries * keys^T) * values.
typedef struct {
  /// The packed keys and values: see `pack_context`.
  const float *_Nonnull context;
  size_t keys;
  /// The head's size: the elements of a query, a key, a value.
  size_t size;
  /// The elements from query to query, and from result to result.
  size_t stride;
  float scale;
  /// Whether query i sees only the keys 0...i.
  bool is_causal;
} KernelAttention;

typedef struct {
  /// What these kernels are called, for `EASEL_CPU`.
  const char *_Nonnull name;

  /// The columns of a panel of a packed matrix.
  size_t panel_width;
  /// The rows of a tile that is held in registers.
  size_t tile_rows;

  /// A block of a product: some rows of some panels. `scratch` holds `gemm_scratch(rows)` elements.
  void (*_Nonnull gemm)(const Gemm *_Nonnull gemm, size_t first_row, size_t rows,
                        size_t first_panel, size_t panels, float *_Nonnull scratch);
  size_t (*_Nonnull gemm_scratch)(size_t rows);

  /// panel[k][o] = weight[o * output_stride + k * inner_stride], at any address; what lies beyond
  /// `outputs` is left alone. For elements of four bytes, and of two.
  void (*_Nonnull pack_panel_32)(const void *_Nonnull weight, size_t output_stride,
                                 size_t inner_stride, size_t outputs, size_t inner,
                                 void *_Nonnull panel);
  void (*_Nonnull pack_panel_16)(const void *_Nonnull weight, size_t output_stride,
                                 size_t inner_stride, size_t outputs, size_t inner,
                                 void *_Nonnull panel);

  /// Rows of f32 as integers -127...127, row[i] / (max|row| / 127), ties to even. A row whose elements are all
  /// below 2^-120 counts as zeros; one that holds an infinity or a NaN makes NaNs of all its products.
  void (*_Nonnull quantise_rows)(const float *_Nonnull x, size_t rows, size_t columns,
                                 void *_Nonnull quantised);
  /// The bytes of such a row, a multiple of 4.
  size_t (*_Nonnull quantised_row_size)(size_t columns);

  /// Some columns of a panel from `column` on, from as many rows of a weight of f32, `[outputs, inner]`, quantised
  /// as rows are. Columns that are never packed are zero where the panel was.
  void (*_Nonnull pack_int8)(const float *_Nonnull weight, size_t outputs, size_t inner,
                             void *_Nonnull panel, size_t column);
  /// The bytes of a panel, a multiple of 64: the columns' scales, and their elements of one byte.
  size_t (*_Nonnull int8_panel_size)(size_t inner);

  /// A block of such a product. `scratch` holds `int8_gemm_scratch(rows, inner)` elements.
  void (*_Nonnull int8_gemm)(const Int8Gemm *_Nonnull gemm, size_t first_row, size_t rows,
                             size_t first_panel, size_t panels, float *_Nonnull scratch);
  size_t (*_Nonnull int8_gemm_scratch)(size_t rows, size_t inner);

  /// Some pixels of a line, each `repeat` times, from the pixel `first` of the repeated line on:
  /// y = activation(x * scale + shift), or x where `scale` is null.
  void (*_Nonnull window_line)(const float *_Nonnull x, size_t x_stride, size_t first, size_t repeat,
                               float *_Nonnull y, size_t y_stride, size_t pixels, size_t channels,
                               const float *_Nullable scale, const float *_Nullable shift,
                               KernelActivation activation);

  /// The factors of a line of tiles, [points^2][tiles][channels], from the points lines of its window.
  void (*_Nonnull winograd_input)(size_t points, const float *_Nonnull window, size_t line_stride,
                                  size_t pixel_stride, size_t tiles, size_t channels,
                                  float *_Nonnull factors, size_t product_stride,
                                  size_t tile_stride);

  /// The factors of a panel of weights, [points^2][inputs][panel_width] from [9][inputs][panel_width].
  void (*_Nonnull winograd_weights)(size_t points, const float *_Nonnull taps, size_t inputs,
                                    float *_Nonnull factors);

  /// One panel's outputs of some tiles. `factors` are those of the first one; `scratch` holds
  /// points^2 * tiles * panel_width elements.
  void (*_Nonnull winograd_block)(const Winograd *_Nonnull winograd, const float *_Nonnull factors,
                                  size_t product_stride, size_t first_tile, size_t tiles,
                                  const float *_Nonnull weights, size_t panel,
                                  float *_Nonnull scratch);

  /// y = activation(x)
  void (*_Nonnull activate)(const float *_Nonnull x, float *_Nonnull y, size_t count,
                            KernelActivation activation);

  /// y[r, d] = x[r, d] * gelu(x[r, columns + d]); rows of x hold 2 * columns elements.
  void (*_Nonnull gated_gelu)(const float *_Nonnull x, float *_Nonnull y, size_t rows,
                              size_t columns);

  /// y = activation(x * scale + shift), with a scale and a shift for each column.
  void (*_Nonnull scale_columns)(const float *_Nonnull x, float *_Nonnull y, size_t rows,
                                 size_t columns, const float *_Nonnull scale,
                                 const float *_Nonnull shift, KernelActivation activation);

  /// Adds each column's sum to `sum`, and the sum of its squares to `square_sum`.
  void (*_Nonnull column_moments)(const float *_Nonnull x, size_t rows, size_t columns,
                                  double *_Nonnull sum, double *_Nonnull square_sum);

  /// Each row brought to mean 0 and variance 1, then scaled and shifted by column.
  void (*_Nonnull layer_norm)(const float *_Nonnull x, float *_Nonnull y, size_t rows,
                              size_t columns, const float *_Nonnull weight,
                              const float *_Nonnull bias, float epsilon);

  /// y = exp(x - max) / sum, row by row.
  void (*_Nonnull softmax)(const float *_Nonnull x, float *_Nonnull y, size_t rows,
                           size_t columns);

  /// The results of some queries, `count` of them from number `first_query` on; `queries` and `output` begin
  /// with that one. `scratch` holds `attention_scratch(count, size)` elements.
  void (*_Nonnull attend)(const KernelAttention *_Nonnull attention,
                          const float *_Nonnull queries, size_t first_query, size_t count,
                          float *_Nonnull output, float *_Nonnull scratch);
  size_t (*_Nonnull attention_scratch)(size_t queries, size_t size);

  /// Packs one block of the keys and the values of one head, both [count, size] and `stride` elements from row
  /// to row. All `context_blocks(count)` of them fill 2 * count * size elements.
  void (*_Nonnull pack_context)(const float *_Nonnull keys, const float *_Nonnull values,
                                size_t stride, size_t count, size_t size, size_t block,
                                float *_Nonnull packed);
  size_t (*_Nonnull context_blocks)(size_t count);

  /// y = 2^x for x <= 0, as the weights of attention are worked out; 0 below -127.
  void (*_Nonnull exponentials2)(const float *_Nonnull x, float *_Nonnull y, size_t count);

  /// y[c, r] = x[r, c], where the rows of x and y lie `x_stride` and `y_stride` elements apart.
  void (*_Nonnull transpose)(const float *_Nonnull x, size_t x_stride, float *_Nonnull y,
                             size_t y_stride, size_t rows, size_t columns);

  /// f32 from little-endian IEEE half floats at any address.
  void (*_Nonnull widen_f16)(const void *_Nonnull x, float *_Nonnull y, size_t count);

  /// f32 from little-endian bfloat16 at any address.
  void (*_Nonnull widen_bf16)(const void *_Nonnull x, float *_Nonnull y, size_t count);
} KernelTable;

/// The kernels in use: the fastest that this processor runs, or those that `EASEL_CPU` names.
const KernelTable *_Nonnull kernels(void);

/// The kernels in plain C, for every processor: what the others are tested against.
const KernelTable *_Nonnull kernels_portable(void);

/// Every table that this processor runs, the fastest first; null behind the last.
const KernelTable *_Nullable kernels_at(size_t index);

/// Whether matrix products go to OpenBLAS: on processors without vector kernels of ours, or where
/// `EASEL_CPU` is `openblas`.
bool kernels_prefer_openblas(void);

/// What `EASEL_CPU` asks for and this processor does not run; null if there is no such thing.
const char *_Nullable kernels_missing(void);

/// Tells the processor that this thread is spinning.
static inline void kernel_spin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Does nothing but multiply and add in f32, in the widest registers that the processor has; gives the number of
/// operations done, `rounds` times some hundreds. What the processor can do at most.
size_t fma_rounds(size_t rounds);

/// Says that the calling thread has taken memory, or given some back.
void memory_changed(ptrdiff_t bytes);
/// Begins to measure what the calling thread takes.
void memory_measure(void);
/// The most that the calling thread has held at once since then, in bytes.
size_t memory_peak(void);
/// Gives back to the system what the allocator keeps and nobody uses.
void memory_give_back(void);

#endif

#ifndef EASEL_CKERNELS_H
#define EASEL_CKERNELS_H

/// The kernels: pure loops over memory that the caller owns. They check nothing and allocate nothing.
/// Matrices are row-major; `rows` and `columns` count elements.

#include <stddef.h>

typedef enum {
  KERNEL_IDENTITY,
  KERNEL_SILU,
  KERNEL_GELU,
  KERNEL_QUICK_GELU,
} KernelActivation;

typedef struct {
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

  /// One row of a tile of attention scores becomes exp(scale * score - maximum), with the maximum
  /// of this and all earlier tiles; the row of earlier sums `output` is brought to that maximum.
  void (*_Nonnull softmax_tile_row)(float *_Nonnull scores, size_t columns, float scale,
                                    float *_Nonnull maximum, float *_Nonnull sum,
                                    float *_Nonnull output, size_t output_columns);

  /// y[c, r] = x[r, c], where the rows of x and y lie `x_stride` and `y_stride` elements apart.
  void (*_Nonnull transpose)(const float *_Nonnull x, size_t x_stride, float *_Nonnull y,
                             size_t y_stride, size_t rows, size_t columns);

  /// f32 from little-endian IEEE half floats at any address.
  void (*_Nonnull widen_f16)(const void *_Nonnull x, float *_Nonnull y, size_t count);

  /// f32 from little-endian bfloat16 at any address.
  void (*_Nonnull widen_bf16)(const void *_Nonnull x, float *_Nonnull y, size_t count);
} KernelTable;

/// The fastest kernels that this processor runs.
const KernelTable *_Nonnull kernels(void);

/// The kernels in plain C, for every processor: what the others are tested against.
const KernelTable *_Nonnull kernels_portable(void);

/// Tells the processor that this thread is spinning.
static inline void kernel_spin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Says that the calling thread has taken memory, or given some back.
void memory_changed(ptrdiff_t bytes);
/// Begins to measure what the calling thread takes.
void memory_measure(void);
/// The most that the calling thread has held at once since then, in bytes.
size_t memory_peak(void);

#endif

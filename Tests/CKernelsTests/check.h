// What the tests of the kernels have in common. Each case draws its shapes and numbers from its own seed, runs
// a kernel of a table on memory of exactly the size that CKernels.h states, and compares with plain f64 loops.
#ifndef CHECK_H
#define CHECK_H

#include "CKernels.h"
#include <stdint.h>

// Pseudorandom numbers, the same on every machine.
void seed_random(uint64_t seed);
uint64_t random_bits(void);
size_t between(size_t least, size_t most);
bool one_in(size_t count);
// -magnitude...magnitude
float uniform(float magnitude);
KernelActivation random_activation(void);

// Memory of a case. Its end is the end of the allocation, so that an address sanitizer sees what runs over.
// `floats` lie at any multiple of four bytes, `odd_bytes` at an odd address.
float *floats(size_t count);
float *random_floats(size_t count, float magnitude);
double *doubles(size_t count);
void *odd_bytes(size_t count);
void *zeroed_bytes(size_t count);
// Every element a guard, and more guards around them.
float *guarded_floats(size_t count);
bool are_guards(const float *x, size_t count);
// Looks at the guards and frees everything.
void end_case(void);

// What was found out about the kernels.
void begin_table(size_t index, const char *name);
void begin_case(uint64_t seed);
// The largest difference of [rows, columns], relative to the largest value, or to `usual` where that is more:
// the standard deviation of sums, since a few of them may all be near zero by chance. What lies between rows of
// `stride` elements must still be guards. Tolerances are what the kernels' own comments state, or else at least
// twice the worst of 3000 cases.
void expect_matrix(const char *kernel, const float *result, size_t rows, size_t columns,
                   size_t stride, const double *expected, double usual, double tolerance);
void expect_near(const char *kernel, const float *result, const double *expected, size_t count,
                 double usual, double tolerance);
// The largest relative difference of an element; `least` is taken for values below it.
void expect_each_near(const char *kernel, const float *result, const double *expected, size_t count,
                      double least, double tolerance);
void expect_error(const char *kernel, double error, double tolerance);
void fail(const char *kernel, const char *problem);
// A digest of all results of the case so far: equal only if every bit is.
uint64_t results_digest(void);
// Prints the worst errors; whether nothing has failed.
bool print_findings(void);

// Calls `body` with 0..<count, task i on the thread i % thread_count: two threads that touch the same place
// without need are seen by a thread sanitizer, whatever the timing.
extern size_t thread_count;
void for_each_task(size_t count, void (*body)(const void *context, size_t task),
                   const void *context);

// The tests: one case each.
void test_gemm(const KernelTable *table);
void test_int8(const KernelTable *table);
void test_winograd(const KernelTable *table);
void test_window_line(const KernelTable *table);
void test_attention(const KernelTable *table);
void test_exponentials2(const KernelTable *table);
void test_elementwise(const KernelTable *table);
void test_rows(const KernelTable *table);
void test_moving(const KernelTable *table);

static inline size_t least_of(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t parts_of(size_t total, size_t most) { return (total + most - 1) / most; }

#endif

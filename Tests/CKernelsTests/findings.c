// What was found out: the worst error of each kernel and table, and what failed.

#include "check.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TABLES = 8, MOST_KERNELS = 64 };

typedef struct {
  const char *kernel;
  double tolerance;
  double worst[MOST_TABLES];
} Finding;

static Finding findings[MOST_KERNELS];
static size_t finding_count, table, table_count, failures;
static const char *table_names[MOST_TABLES];
static uint64_t case_seed, digest;

void begin_table(size_t index, const char *name) {
  table = index;
  table_count = index + 1;
  table_names[index] = name;
}

void begin_case(uint64_t seed) {
  case_seed = seed;
  digest = 0xcbf29ce484222325u;
  seed_random(seed);
}

uint64_t results_digest(void) { return digest; }

void fail(const char *kernel, const char *problem) {
  if (++failures > 20) return;
  printf("%s, %s, case %llu, %zu threads: %s\n", table_names[table], kernel,
         (unsigned long long)case_seed, thread_count, problem);
}

void expect_error(const char *kernel, double error, double tolerance) {
  size_t i = 0;
  while (i < finding_count && strcmp(findings[i].kernel, kernel) != 0) i++;
  if (i == finding_count && finding_count < MOST_KERNELS)
    findings[finding_count++] = (Finding){.kernel = kernel, .tolerance = tolerance};
  findings[i].worst[table] = fmax(findings[i].worst[table], error);
  if (error <= tolerance) return;
  char problem[80];
  snprintf(problem, sizeof problem, "error %.2g, at most %.2g", error, tolerance);
  fail(kernel, problem);
}

// Fowler, Noll and Vo's hash, of words.
static void add_to_digest(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  digest = (digest ^ bits) * 0x100000001b3u;
}

// Not-a-number counts as an endless difference, unless both are.
static double difference(float result, double expected) {
  if (isnan(expected) && isnan(result)) return 0;
  if ((double)result == expected) return 0;
  const double error = fabs(result - expected);
  return isnan(error) ? INFINITY : error;
}

void expect_matrix(const char *kernel, const float *result, size_t rows, size_t columns,
                   size_t stride, const double *expected, double usual, double tolerance) {
  double largest = fmax(usual, 1e-300), error = 0;
  for (size_t r = 0; r < rows; r++, result += stride, expected += columns) {
    for (size_t i = 0; i < columns; i++) {
      if (isfinite(expected[i])) largest = fmax(largest, fabs(expected[i]));
      error = fmax(error, difference(result[i], expected[i]));
      add_to_digest(result[i]);
    }
    if (r + 1 < rows && !are_guards(result + columns, stride - columns))
      fail(kernel, "written between rows");
  }
  expect_error(kernel, error / largest, tolerance);
}

void expect_near(const char *kernel, const float *result, const double *expected, size_t count,
                 double usual, double tolerance) {
  expect_matrix(kernel, result, 1, count, count, expected, usual, tolerance);
}

void expect_each_near(const char *kernel, const float *result, const double *expected, size_t count,
                      double least, double tolerance) {
  double error = 0;
  for (size_t i = 0; i < count; i++) {
    const double size = fmax(fabs(expected[i]), least);
    error = fmax(error, difference(result[i], expected[i]) / size);
    add_to_digest(result[i]);
  }
  expect_error(kernel, error, tolerance);
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const Finding *)a)->kernel, ((const Finding *)b)->kernel);
}

bool print_findings(void) {
  qsort(findings, finding_count, sizeof *findings, by_name);
  printf("%-28s%13s", "worst relative error", "at most");
  for (size_t t = 0; t < table_count; t++) printf("%13s", table_names[t]);
  printf("\n");
  for (size_t i = 0; i < finding_count; i++) {
    printf("%-28s%13.1e", findings[i].kernel, findings[i].tolerance);
    for (size_t t = 0; t < table_count; t++) printf("%13.1e", findings[i].worst[t]);
    printf("\n");
  }
  if (failures) printf("%zu failures\n", failures);
  return failures == 0;
}

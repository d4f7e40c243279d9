// Attention, cut into tasks as Sources/Tensor/Operators/Attention.swift and PackedContext.swift cut it.

#include "reference.h"
#include "check.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
  const KernelTable *table;
  size_t samples, heads, size, queries, keys;
  const float *query, *key, *value;
  float *packed, *output;
  bool is_causal;
} Attention;

enum { QUERIES_PER_TASK = 128 };

static void pack(const void *context, size_t item) {
  const Attention *a = context;
  const size_t blocks = a->table->context_blocks(a->keys), width = a->heads * a->size;
  const size_t pair = item / blocks;
  const size_t start = pair / a->heads * a->keys * width + pair % a->heads * a->size;
  a->table->pack_context(a->key + start, a->value + start, width, a->keys, a->size, item % blocks,
                         a->packed + pair * 2 * a->keys * a->size);
}

// One head of one sample.
static KernelAttention head_of(const Attention *a, size_t pair) {
  return (KernelAttention){.context = a->packed + pair * 2 * a->keys * a->size, .keys = a->keys,
                           .size = a->size, .stride = a->heads * a->size,
                           .scale = 1 / sqrtf((float)a->size), .is_causal = a->is_causal};
}

static void attend(const void *context, size_t task) {
  const Attention *a = context;
  const size_t tiles = parts_of(a->queries, QUERIES_PER_TASK), pair = task / tiles;
  const size_t first = task % tiles * QUERIES_PER_TASK;
  const size_t count = least_of(QUERIES_PER_TASK, a->queries - first);
  const size_t width = a->heads * a->size;
  const size_t start =
      (pair / a->heads * a->queries + first) * width + pair % a->heads * a->size;
  const KernelAttention head = head_of(a, pair);
  float *scratch = malloc(a->table->attention_scratch(count, a->size) * sizeof(float));
  a->table->attend(&head, a->query + start, first, count, a->output + start, scratch);
  free(scratch);
}

static double *expected_attention(const Attention *a) {
  const size_t width = a->heads * a->size;
  double *y = doubles(a->samples * a->queries * width);
  for (size_t pair = 0; pair < a->samples * a->heads; pair++) {
    const size_t sample = pair / a->heads, column = pair % a->heads * a->size;
    const size_t first_key = sample * a->keys * width + column;
    const size_t first_query = sample * a->queries * width + column;
    const KernelAttention head = head_of(a, pair);
    reference_attention(&head, a->query + first_query, a->key + first_key, a->value + first_key,
                        a->queries, y + first_query);
  }
  return y;
}

void test_attention(const KernelTable *table) {
  Attention a = {.table = table, .samples = between(1, 2), .heads = between(1, 3),
                 .size = between(1, one_in(8) ? 160 : 48), .queries = between(1, 200),
                 .keys = between(1, one_in(2) ? 80 : 450), .is_causal = one_in(3)};
  const size_t width = a.heads * a.size, count = a.samples * a.queries * width;
  const bool is_wide = one_in(4);
  a.query = random_floats(count, is_wide ? 8 : 1);
  a.key = random_floats(a.samples * a.keys * width, is_wide ? 8 : 1);
  a.value = random_floats(a.samples * a.keys * width, 1);
  a.packed = floats(a.samples * a.heads * 2 * a.keys * a.size);
  a.output = guarded_floats(count);
  for_each_task(a.samples * a.heads * table->context_blocks(a.keys), pack, &a);
  for_each_task(a.samples * a.heads * parts_of(a.queries, QUERIES_PER_TASK), attend, &a);
  const double *expected = expected_attention(&a);
  const double usual = 1 / sqrt(3.0 * (double)a.keys);
  // The rounding of a score is that of its size, and an error of a score is one of its weight.
  if (is_wide)
    expect_near("attention, scores to 400", a.output, expected, count, usual, 1e-4);
  else
    expect_near("attention", a.output, expected, count, usual, 3e-6);
}

void test_exponentials2(const KernelTable *table) {
  const size_t count = between(1, 70);
  float *x = floats(count), *y = guarded_floats(count);
  double *expected = doubles(count);
  for (size_t i = 0; i < count; i++) {
    x[i] = one_in(8) ? 0 : uniform(63) - 63;
    if (one_in(8)) x[i] = -127.01f - fabsf(uniform(1e30f));
    expected[i] = x[i] < -127 ? 0 : exp2(x[i]);
    if (x[i] == 0) expected[i] = 1;
  }
  table->exponentials2(x, y, count);
  expect_each_near("exponentials2", y, expected, count, 0x1p-149, 3e-7);
}

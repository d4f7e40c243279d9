// Pseudorandom numbers and the memory of a case.

#include "check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BLOCKS = 64, GUARDS = 64 };

static const uint32_t guard = 0xdeadbeef;

typedef struct {
  void *start;
  // Of a guarded block: the elements between the guards; 0 for others.
  size_t guarded;
} Block;

static Block blocks[MOST_BLOCKS];
static size_t block_count;
static uint64_t state;

void seed_random(uint64_t seed) { state = seed; }

// Steele et al. 2014, "Fast Splittable Pseudorandom Number Generators": SplitMix64.
uint64_t random_bits(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

size_t between(size_t least, size_t most) { return least + random_bits() % (most - least + 1); }

bool one_in(size_t count) { return random_bits() % count == 0; }

float uniform(float magnitude) {
  return magnitude * ((float)(random_bits() >> 40) / 8388608.0f - 1.0f);
}

KernelActivation random_activation(void) {
  return (KernelActivation)between(KERNEL_IDENTITY, KERNEL_QUICK_GELU);
}

static char *allocate(size_t byte_count, size_t guarded) {
  void *start = malloc(byte_count);
  if (!start || block_count == MOST_BLOCKS) {
    fprintf(stderr, "error: no memory of %zu B\n", byte_count);
    exit(2);
  }
  blocks[block_count++] = (Block){start, guarded};
  return start;
}

float *floats(size_t count) {
  const size_t shift = sizeof(float) * between(0, 3);
  return (float *)(allocate(count * sizeof(float) + shift, 0) + shift);
}

float *random_floats(size_t count, float magnitude) {
  float *x = floats(count);
  for (size_t i = 0; i < count; i++) x[i] = uniform(magnitude);
  return x;
}

double *doubles(size_t count) { return (double *)allocate(count * sizeof(double), 0); }

void *odd_bytes(size_t count) { return allocate(count + 1, 0) + 1; }

void *zeroed_bytes(size_t count) { return memset(allocate(count, 0), 0, count); }

float *guarded_floats(size_t count) {
  float *start = (float *)allocate((count + 2 * GUARDS) * sizeof(float), count);
  for (size_t i = 0; i < count + 2 * GUARDS; i++) memcpy(start + i, &guard, sizeof guard);
  return start + GUARDS;
}

bool are_guards(const float *x, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (memcmp(x + i, &guard, sizeof guard) != 0) return false;
  return true;
}

void end_case(void) {
  for (size_t i = 0; i < block_count; i++) {
    const float *x = blocks[i].start;
    const size_t count = blocks[i].guarded;
    if (count && !(are_guards(x, GUARDS) && are_guards(x + GUARDS + count, GUARDS)))
      fail("memory", "something was written around a result");
    free(blocks[i].start);
  }
  block_count = 0;
}

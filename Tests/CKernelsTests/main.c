// Tests every kernel of every table that this processor runs: `check-kernels [cases] [seed]`. Case i of the
// seed is case 0 of seed + i: a failure names the seed that shows it alone.

#include "check.h"
#include <stdio.h>
#include <stdlib.h>

// Every result, bit by bit, from the seed alone.
static uint64_t run_case(const KernelTable *table, uint64_t seed, size_t threads) {
  thread_count = threads;
  begin_case(seed);
  void (*const tests[])(const KernelTable *) = {
      test_gemm,         test_int8,       test_winograd, test_window_line, test_attention,
      test_exponentials2, test_elementwise, test_rows,      test_moving,
  };
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
    tests[i](table);
    end_case();
  }
  return results_digest();
}

int main(int count, char **arguments) {
  const uint64_t cases = count > 1 ? strtoull(arguments[1], NULL, 10) : 300;
  const uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
  for (size_t t = 0; kernels_at(t); t++) {
    const KernelTable *table = kernels_at(t);
    begin_table(t, table->name);
    for (uint64_t i = 0; i < cases; i++) {
      const uint64_t digest = run_case(table, seed + i, 1);
      // The other numbers of threads in turn.
      const size_t threads[] = {2, 3, 8};
      if (run_case(table, seed + i, threads[i % 3]) != digest)
        fail("threads", "other results than one thread's");
    }
  }
  return print_findings() ? 0 : 1;
}

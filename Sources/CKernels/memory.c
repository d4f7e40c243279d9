#include "CKernels.h"

#if defined(__linux__)
#include <malloc.h>
#endif

static _Thread_local ptrdiff_t live, peak;

void memory_changed(ptrdiff_t bytes) {
  live += bytes;
  if (live > peak) peak = live;
}

void memory_measure(void) { live = peak = 0; }

size_t memory_peak(void) { return (size_t)peak; }

void memory_give_back(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

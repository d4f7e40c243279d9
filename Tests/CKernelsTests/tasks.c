// A parallel loop whose cut into threads is known.

#include "check.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

size_t thread_count = 1;

typedef struct {
  pthread_t thread;
  size_t first, count;
  void (*body)(const void *context, size_t task);
  const void *context;
} Worker;

static void *work(void *argument) {
  const Worker *worker = argument;
  for (size_t task = worker->first; task < worker->count; task += thread_count)
    worker->body(worker->context, task);
  return NULL;
}

void for_each_task(size_t count, void (*body)(const void *context, size_t task),
                   const void *context) {
  Worker workers[64];
  const size_t threads = least_of(thread_count, 64);
  for (size_t t = 0; t < threads; t++) {
    workers[t] = (Worker){.first = t, .count = count, .body = body, .context = context};
    if (t > 0 && pthread_create(&workers[t].thread, NULL, work, &workers[t]) != 0) {
      fprintf(stderr, "error: no thread\n");
      exit(2);
    }
  }
  work(&workers[0]);
  for (size_t t = 1; t < threads; t++) pthread_join(workers[t].thread, NULL);
}

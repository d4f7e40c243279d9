import Glibc

/// The time that the processor spends on this thread with `body`: other processes do not count.
func processorTime(_ body: () -> Void) -> Duration {
  let start = threadTime()
  body()
  return threadTime() - start
}

private func threadTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

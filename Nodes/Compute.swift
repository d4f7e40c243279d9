import Tensor

/// Sets how many threads compute, for the whole process. Results do not depend on it.
public func useThreads(_ count: Int) {
  ThreadPool.shared.setThreadCount(count)
}

import Dispatch
import Synchronization

/// Gets a schedule's jobs done on threads of its own, so that what blocks does not block Swift's tasks.
///
/// Whoever has done a job takes the next one himself, and calls others only for what can go on beside it:
/// a chain of small nodes stays on one thread.
final class Crew: Sendable {
  private let worker: Worker
  private let store: Store?
  private let state: Mutex<State>
  private let cancellation: CancellationFlag
  private let queue = DispatchQueue(label: "easel.engine", attributes: .concurrent)

  fileprivate struct State {
    var schedule: Schedule
    /// How many jobs are being done.
    var active = 0
    var whenDone: CheckedContinuation<Void, Never>?
  }

  init(_ schedule: Schedule, worker: Worker, store: Store?, cancellation: CancellationFlag) {
    self.worker = worker
    self.store = store
    self.cancellation = cancellation
    state = Mutex(State(schedule: schedule))
  }

  /// Works until nothing is left to do, something has failed, or the flag says to stop; gives the schedule
  /// as it is then.
  func finish() async -> Schedule {
    await withCheckedContinuation { continuation in
      let jobs = state.withLock { state in
        state.whenDone = continuation
        // The one who calls the first ones is at work himself.
        state.active = 1
        return state.startable(unless: cancellation.isSet)
      }
      for job in jobs { call(for: job) }
      rest()
    }
    return state.withLock { $0.schedule }
  }

  /// Has a job done, and what follows from it, beside everything else.
  private func call(for job: Job) {
    if case .wait(let index) = job {
      let deadline = DispatchTime.now() + Worker.patience
      return queue.asyncAfter(deadline: deadline) { [self] in work(on: .waited(index)) }
    }
    queue.async { [self] in work(on: worker.perform(job)) }
  }

  /// Goes from what became of a job to the next job, for as long as there is one.
  private func work(on first: Completion) {
    var completion = first
    while true {
      var jobs = state.withLock { state in
        state.schedule.take(completion)
        if state.schedule.isStopped { cancellation.set() }
        return state.startable(unless: cancellation.isSet)
      }
      if case .ran = completion { store?.keepToLimit(always: false) }
      let own = jobs.firstIndex { !$0.isWait }.map { jobs.remove(at: $0) }
      for job in jobs { call(for: job) }
      guard let own else { return rest() }
      completion = worker.perform(own)
      // The job that is done and the one that follows it are one and the same worker's.
      state.withLock { $0.active -= 1 }
    }
  }

  /// Ends a worker's part; the last one ends the whole.
  private func rest() {
    let whenDone = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.active -= 1
      guard state.active == 0 else { return nil }
      defer { state.whenDone = nil }
      return state.whenDone
    }
    whenDone?.resume()
  }
}

extension Crew.State {
  /// All jobs that may begin now.
  fileprivate mutating func startable(unless isCancelled: Bool) -> [Job] {
    guard !isCancelled else { return [] }
    var jobs: [Job] = []
    while let job = schedule.nextJob() { jobs.append(job) }
    active += jobs.count
    return jobs
  }
}

extension Job {
  fileprivate var isWait: Bool { if case .wait = self { true } else { false } }
}

import Graph
import Testing

@testable import Engine

/// The queue by itself.
@Suite struct JobQueueTests {
  private func read(_ name: String, bytes: Int) -> Read {
    Read(
      reference: OutputReference(name),
      stored: Record.Output(digest: Hash256(of: []), byteCount: bytes), type: Int.self)
  }

  private func job(_ index: Int, peak: Int = 0, of type: any Node.Type = Sum.self) -> NodeJob {
    NodeJob(
      index: index,
      node: CheckedNode(
        id: NodeID("\(index)"), schema: NodeSchema(reading: type), span: .line(1), inputs: [:],
        outputTypes: [:]),
      type: type, inputs: [:], peakBytes: peak, files: [])
  }

  /// The names of the jobs that may begin.
  private func begun(_ queue: inout JobQueue, holding held: Int = 0) -> [String] {
    var names: [String] = []
    while let job = queue.next(holding: held) {
      switch job {
      case .invoke(let job): names.append(job.node.id.path)
      case .read(let read): names.append(read.reference.node.path)
      case .wait(let index): names.append("wait \(index)")
      }
    }
    return names
  }

  @Test func readingGoesAheadOnlyAsFarAsMemoryAllows() {
    var queue = JobQueue(limits: .init(nodes: 2, reads: 2, memory: 100), urgency: [])
    for name in ["a", "b", "c"] { queue.add(read(name, bytes: 60)) }
    #expect(begun(&queue, holding: 0) == ["a", "b"])
    queue.endedReading()
    queue.endedReading()
    #expect(begun(&queue, holding: 120) == ["c"])
    #expect(begun(&queue, holding: 120).isEmpty)
  }

  @Test func theMostUrgentThatFitsBegins() {
    var queue = JobQueue(limits: .init(nodes: 3, memory: 100), urgency: [1, 2, 3, 3])
    queue.add(job(0, peak: 30))
    queue.add(job(1, peak: 90))
    queue.add(job(2, peak: 60))
    queue.add(job(3, peak: 50))
    #expect(begun(&queue) == ["2", "0"])
    queue.ended(2)
    #expect(begun(&queue) == ["3"])
    queue.ended(0)
    queue.ended(3)
    #expect(begun(&queue, holding: 1000) == ["1"])
  }

  @Test func handlesAreLoadedBesideWhatRuns() {
    var queue = JobQueue(limits: .init(nodes: 1, reads: 1, memory: 100), urgency: [4, 3, 2, 1])
    queue.add(job(0))
    queue.add(job(1))
    queue.add(job(2, of: LoadThing.self))
    queue.add(job(3, of: LoadThing.self))
    #expect(begun(&queue) == ["0", "2"])
  }

  @Test func aPlaceIsGivenUpWhileAnotherProcessComputes() {
    var queue = JobQueue(limits: .init(nodes: 1, memory: 100), urgency: [2, 1])
    queue.add(job(0))
    queue.add(job(1))
    #expect(begun(&queue) == ["0"])
    queue.postpone(0)
    #expect(begun(&queue) == ["wait 0", "1"])
    queue.resume(0)
    #expect(begun(&queue).isEmpty)
    queue.ended(1)
    #expect(begun(&queue) == ["0"])
  }
}

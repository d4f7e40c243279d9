import Graph

/// A piece of work for a thread.
enum Job: Sendable {
  /// Runs a node, or loads a handle.
  case invoke(NodeJob)
  /// Reads an output from the store.
  case read(Read)
  /// Lets some time pass while another process computes the node's result.
  case wait(Int)
}

/// A stored value to be read.
struct Read: Sendable {
  var reference: OutputReference
  var stored: Record.Output
  var type: any PortValue.Type
}

/// A node with all that it needs to run.
struct NodeJob: Sendable {
  var index: Int
  var node: CheckedNode
  var type: any Node.Type
  var inputs: [String: PortArgument]
  /// What it needs beside its inputs, in bytes: as it was measured in an earlier run, otherwise its own
  /// estimate.
  var peakBytes: Int
  var staticKey: Hash256?
  var contentKey: ContentKey?
  /// The files that the node opens, as they were when the keys were made.
  var files: [FileUse]

  /// The keys under which the result is to be found in the store; none for handles.
  var recordKeys: [RecordKey] {
    guard type.kind == .pure else { return [] }
    return [contentKey.map(RecordKey.content), staticKey.map(RecordKey.static)].compactMap(\.self)
  }
}

/// What became of a job.
enum Completion: Sendable {
  case ran(Int, NodeResult)
  /// Another process has computed it in the meantime.
  case found(Int, Record)
  /// Another process is computing it.
  case busy(Int)
  case waited(Int)
  /// Nil when the stored object is not what it should be.
  case read(OutputReference, (any PortValue)?)
  case failed(Int, any Error)
}

/// What a node has made.
struct NodeResult: Sendable {
  var values: [String: any PortValue]
  /// The digests of the values, by port.
  var contents: [String: Hash256]
  /// Nil when the values are not in the store.
  var record: Record?
  var cost: NodeCost
}

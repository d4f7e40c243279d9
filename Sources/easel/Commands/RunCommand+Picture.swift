import ArgumentParser
import Engine
import Glibc
import Graph

extension RunCommand {
  /// Makes a picture again by what it says of itself, or with inputs that are set now a new one.
  func makeAgain(_ path: String, tracedBy trace: TraceRecorder?) throws {
    guard !lock.isRequired else {
      throw ValidationError("--locked is for graphs: a picture says itself what went into it")
    }
    let picture = try failing(with: 1) { try RecordedPicture(readingFrom: path) }
    let isNew = !graph.settings.isEmpty
    guard isNew || saving.encoding == nil else {
      throw ValidationError(
        "a picture is made again in its own format; --save-as is for a new one, made with --set")
    }
    let attempt = try attempt(at: picture, isNew: isNew)
    try compare(attempt, with: picture, isNew: isNew)
    var record = PictureRecord(
      graph: attempt.graph, sources: attempt.sources, files: attempt.plan.files,
      set: attempt.place.settings(with: graph.settings), out: out,
      encoding: saving.encoding ?? picture.record.encoding)
    // Where the files were found may be another place, but not in another sense.
    if !isNew { record.folder = picture.record.folder }
    let readers = readers(of: [attempt.graph], tracedBy: trace)
    let result = try result(of: attempt.graph.handingOut(picture.record.output), readers)
    try save(
      result, with: OutputSaver(folder: out, record: record), madeFrom: picture, isNew: isNew)
    readers.succeeded()
    try failing(with: 3) { try readers.report?.write() }
  }

  /// A picture's graph in one place, and what is not as it was there.
  private struct Attempt {
    var place: RecordedGraph
    var graph: CheckedGraph
    var sources: [String: SourceText]
    var plan: Plan
    var differences: [Difference]
  }

  /// The graph in the first place where nothing differs, otherwise in that with the most files.
  private func attempt(at picture: RecordedPicture, isNew: Bool) throws -> Attempt {
    let places = RecordedGraph.candidates(of: picture)
    guard places[0].missing.isEmpty || isNew else {
      return try failing(with: 1) {
        throw MissingFiles(
          path: picture.path, files: places[0].missing, folders: places.map(\.folder))
      }
    }
    let first = try attempt(at: picture, in: places[0])
    guard !isNew, !first.differences.isEmpty else { return first }
    let others = places.dropFirst().lazy.filter(\.missing.isEmpty)
      .compactMap { try? attempt(at: picture, in: $0) }
    return others.first(where: \.differences.isEmpty) ?? first
  }

  private func attempt(at picture: RecordedPicture, in place: RecordedGraph) throws -> Attempt {
    let (checked, sources) = try graph.check(place, leavesFilesToRun: keepGoing)
    let plan = try failing(with: 1) { try self.plan(checked) }
    let names = RecordedNames(graph: checked.file, sources: sources)
    let now = Inventory(
      files: plan.files.map { PictureRecord.File($0, names) }, nodes: checked.nodeVersions)
    let old = Inventory(files: picture.record.files, nodes: picture.record.nodes)
    return Attempt(
      place: place, graph: checked, sources: sources, plan: plan,
      differences: now.differences(from: old))
  }

  /// What went into the picture and is another thing now stops the run, or is told where the picture is to
  /// be a new one anyway.
  private func compare(
    _ attempt: Attempt, with picture: RecordedPicture, isNew: Bool
  ) throws {
    if isNew {
      guard !quiet, !json else { return }
      for difference in attempt.differences where difference.isChange {
        printError("note: \(difference)")
      }
    } else if !attempt.differences.isEmpty {
      try failing(with: 1) {
        throw ChangedSources(path: picture.path, differences: attempt.differences)
      }
    }
  }

  private func save(
    _ result: RunResult, with saver: OutputSaver, madeFrom picture: RecordedPicture, isNew: Bool
  ) throws {
    let (part, bytes) = try failing(with: 3) {
      let parts = try result.outputs.flatMap(saver.parts)
      guard let part = parts.first(where: { $0.number == picture.record.number }) else {
        throw MissingPart(record: picture.record, count: parts.count)
      }
      return (part, try saver.bytes(of: part))
    }
    let isInPlace = isSameFile(part.path, picture.path)
    if isInPlace, bytes != picture.bytes {
      try failing(with: 3) { throw OverwrittenPicture(path: picture.path) }
    }
    if !isInPlace { try failing(with: 3) { try saver.write(bytes, to: part.path) } }
    try show(SavedOutput(output: part.output, path: part.path))
    guard !isNew else { return }
    try show(
      failing(with: 3) { try PictureComparison(picture, madeAgain: bytes, as: part.path) },
      of: part.path)
  }

  private func show(_ comparison: PictureComparison, of path: String) throws {
    if json {
      try printJSON(ComparedPicture(comparison, of: path))
    } else if !quiet || !comparison.isSame {
      printError("\(path): \(comparison)")
    }
    if !comparison.isSame { throw ExitCode(4) }
  }
}

extension CheckedGraph {
  /// The graph with one of its outputs, so that nothing runs for the others.
  fileprivate func handingOut(_ output: String) -> CheckedGraph {
    var graph = self
    graph.outputs.removeAll { $0.name != output }
    return graph
  }
}

/// Whether two paths lead to one file.
private func isSameFile(_ path: String, _ other: String) -> Bool {
  var (a, b) = (stat(), stat())
  return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino
}

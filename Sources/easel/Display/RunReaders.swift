import Engine

/// All that reads a run's events.
struct RunReaders: Sendable {
  private let display: any RunDisplay
  private let trace: TraceRecorder?
  private let previews: PreviewWriter?
  /// Who writes a page about the run.
  let report: ReportWriter?

  init(
    _ display: any RunDisplay, trace: TraceRecorder?, previews: PreviewWriter?,
    report: ReportWriter? = nil
  ) {
    self.display = display
    self.trace = trace
    self.previews = previews
    self.report = report
  }

  /// Called from several threads. The trace comes first: its times are those of the events.
  func show(_ event: RunEvent) {
    trace?.record(event)
    report?.recorder.take(event)
    display.show(previews?.writing(event) ?? event)
  }

  /// Leaves the screen in order when a run ends early.
  func close() { display.close() }

  /// The run's outputs are saved.
  func succeeded() { previews?.removeAll() }
}

import Glibc
import Graph
import Testing

/// No file crashes the checker, hangs it or lets it grow; what it says of a file stands in the file, and is
/// always the same.
///
/// `make fuzz` checks a million files. `EASEL_FUZZ_COUNT` says how many, `EASEL_FUZZ_SEED` which.
@Suite(.serialized)
struct FuzzTests {
  private static let count = max(1, setting("EASEL_FUZZ_COUNT") ?? 3000)
  private static let seed = setting("EASEL_FUZZ_SEED") ?? 1

  @Test func noFileBreaksTheChecker() {
    var fuzzer = GraphFuzzer(seed: UInt64(bitPattern: Int64(Self.seed)))
    var (spent, slowest) = (Duration.zero, Duration.zero)
    for index in 1...Self.count {
      let input = fuzzer.next()
      let time = processorTime { Self.judge(input, index) }
      spent += time
      slowest = max(slowest, time)
      if index % 100_000 == 0 { Self.report(index, spent, slowest) }
    }
    Self.report(Self.count, spent, slowest)
  }

  private static func judge(_ input: FuzzInput, _ index: Int) {
    let purpose = index.isMultiple(of: 4) ? Checker.Purpose.run : .inspection
    var result: CheckResult?
    let time = processorTime { result = input.check(purpose) }
    guard let result else { return }
    let name = "input \(index) of seed \(seed)"
    #expect(time < .seconds(1), "\(name) took \(time): \(input)")
    var faults = faults(of: result)
    if index.isMultiple(of: 5), result != input.check(purpose) {
      faults.append("not the same again")
    }
    #expect(faults.isEmpty, "\(name): \(faults): \(String(decoding: input.graph, as: UTF8.self))")
  }

  /// What is wrong with what was said of a file.
  private static func faults(of result: CheckResult) -> [String] {
    var faults: [String] = []
    if result.hasErrors != (result.graph == nil) { faults.append("errors and a graph") }
    let renderer = DiagnosticRenderer(sources: result.sources)
    for finding in result.diagnostics {
      let spans = [finding.span] + finding.others.map(\.span)
      if !spans.allSatisfy({ stands($0, in: result.sources) }) { faults.append("\(spans)") }
      if renderer.text(finding).isEmpty || finding.json.isEmpty { faults.append("no text") }
      if finding.help == nil { faults.append("no help: \(finding.message)") }
    }
    for type in result.types where type.text.isEmpty || !stands(type.span, in: result.sources) {
      faults.append("\(type)")
    }
    return faults
  }

  private static func stands(_ span: SourceSpan, in sources: [String: SourceText]) -> Bool {
    guard let size = sources[span.file]?.text.utf8.count else { return false }
    return span.bytes.lowerBound >= 0 && span.bytes.upperBound <= size && span.start <= span.end
  }

  private static func report(_ count: Int, _ spent: Duration, _ slowest: Duration) {
    let rate = Double(count) / max(0.001, spent / .seconds(1))
    print(
      "fuzz: \(count) files, \(Int(rate)) a second, the slowest \(slowest), \(peakMegabytes) MB")
    fflush(nil)
    if Self.count >= 100_000 { #expect(peakMegabytes < 200) }
  }

  private static func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }
}

/// The most memory that the process ever had at once: `VmHWM` of proc(5).
private var peakMegabytes: Int {
  guard let file = fopen("/proc/self/status", "r") else { return 0 }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 8192)
  let count = fread(&bytes, 1, bytes.count, file)
  let line = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").first {
    $0.hasPrefix("VmHWM:")
  }
  let words = line?.split { $0 == " " || $0 == "\t" } ?? []
  return words.compactMap { Int($0) }.first.map { $0 / 1024 } ?? 0
}

extension CheckResult {
  /// Whether two checks came to something else.
  fileprivate static func != (a: CheckResult, b: CheckResult) -> Bool {
    a.diagnostics != b.diagnostics || a.types != b.types
  }
}

import Glibc
import SystemPackage
import Testing

@testable import Engine

/// The speed of the store beside that of plain files: `EASEL_BENCHMARK=1 swift test -c release
/// --filter StoreSpeedTests`. Prints figures, and checks nothing but that the bytes are right.
@Suite(.serialized, .enabled(if: Benchmark.isOn)) struct StoreSpeedTests {
  @Test(arguments: [1, 4, 16, 64, 256, 1024]) func besidePlainFiles(megabytes: Int) throws {
    let folder = Folder()
    let bytes = [UInt8](unsafeUninitializedCapacity: megabytes << 20) { buffer, count in
      var state: UInt64 = 88_172_645_463_325_252
      UnsafeMutableRawBufferPointer(buffer).withMemoryRebound(to: UInt64.self) { words in
        for index in words.indices {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          words[index] = state
        }
      }
      count = megabytes << 20
    }
    let store = Store(folder: folder.path + "/cache")
    let output = try store.save(object: bytes)
    let object = store.layout.object(output.digest)
    let plain = folder.path + "/plain"
    let rounds = max(5, min(40, 512 / megabytes))

    var times: [String: Double] = [:]
    for _ in 0..<rounds {
      // File systems write a file to the disk at once when it replaces another.
      unlink(plain)
      try Benchmark.note("copy", &times) { try Self.copy(object, to: plain) }
      unlink(plain)
      try Benchmark.note("plain write", &times) { try Self.write(bytes, to: plain) }
      unlink(object)
      try Benchmark.note("store write", &times) { _ = try store.save(object: bytes) }
      try Benchmark.note("plain read", &times) { _ = try Files.read(plain) }
      Benchmark.note("store read", &times) { _ = store.object(output) }
      Benchmark.note("hash", &times) { _ = Hash256(of: bytes) }
      Benchmark.note("tree hash", &times) { _ = ObjectName.of(bytes) }
    }
    #expect(store.object(output) == bytes)
    print("\(megabytes) MB, minima of \(rounds) rounds")
    for (what, seconds) in times.sorted(by: { $0.key < $1.key }) {
      let ratios = ["copy", "plain write", "plain read"].compactMap { base in
        times[base].map { "\(Benchmark.text(seconds / $0)) x \(base)" }
      }
      let rate = Benchmark.text(Double(megabytes << 20) / seconds / 1e9)
      print(
        "  \(what): \(Benchmark.text(seconds * 1e3)) ms, \(rate) GB/s; \(ratios.joined(separator: ", "))"
      )
    }
  }

  /// As `cp` does it: through a buffer of 256 KiB, to a new file.
  private static func copy(_ path: String, to other: String) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    defer { buffer.deallocate() }
    let source = try FileDescriptor.open(path, .readOnly)
    let target = try FileDescriptor.open(
      other, .writeOnly, options: [.create], permissions: .ownerReadWrite)
    while case let count = try source.read(into: buffer), count > 0 {
      try target.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    try source.close()
    try target.close()
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let target = try FileDescriptor.open(
      path, .writeOnly, options: [.create], permissions: .ownerReadWrite)
    try target.writeAll(bytes)
    try target.close()
  }
}

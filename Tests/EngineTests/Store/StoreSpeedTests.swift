import Glibc
import SystemPackage
import Testing

@testable import Engine

/// The speed of the store beside that of plain files: `EASEL_BENCHMARK=1 swift test -c release
/// --filter StoreSpeedTests`. Prints figures, and checks nothing but that the bytes are right.
@Suite(.serialized, .enabled(if: Benchmark.isOn)) struct StoreSpeedTests {
  @Test(arguments: [1, 4, 16, 64] + (Benchmark.isFull ? [256, 1024] : [])) func besidePlainFiles(
    megabytes: Int
  ) throws {
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

    var benchmark = Benchmark()
    for _ in 0..<rounds {
      // File systems write a file to the disk at once when it replaces another.
      unlink(plain)
      try benchmark.measure("copy") { try Self.copy(object, to: plain) }
      unlink(plain)
      try benchmark.measure("plain write") { try Self.write(bytes, to: plain) }
      unlink(object)
      try benchmark.measure("store write") { _ = try store.save(object: bytes) }
      try benchmark.measure("plain read") { _ = try Files.read(plain) }
      benchmark.measure("store read") { _ = store.object(output) }
      benchmark.measure("SHA-256") { _ = Hash256(of: bytes) }
      benchmark.measure("name") { _ = ObjectName.of(bytes) }
    }
    #expect(store.object(output) == bytes)
    guard let copy = benchmark["copy"] else { return }
    Benchmark.print("\(megabytes) MB, the best of \(rounds) rounds")
    for (what, time) in benchmark.times {
      let figures = [
        "\(time.wall * 1e3) ms", "\(Double(megabytes << 20) / time.wall / 1e9) GB/s",
        "\(time.wall / copy.wall) copies", "\(time.processor / copy.processor) by processor time",
      ]
      Benchmark.print("  \(what): \(figures.joined(separator: ", "))")
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

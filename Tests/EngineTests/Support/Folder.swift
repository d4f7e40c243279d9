import Glibc
import SystemPackage

@testable import Engine

/// A folder of a test's own, gone after the test.
final class Folder: Sendable {
  let path: String

  init() {
    path = "/tmp/easel-tests-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    try? Files.makeFolder(path)
  }

  deinit { Self.remove(path) }

  /// Writes a file, with times that lie far enough back to be trusted.
  @discardableResult
  func write(_ text: String, to name: String, secondsAgo: Int = 100) throws -> String {
    let file = "\(path)/\(name)"
    try Files.write(Array(text.utf8), to: file, via: "\(path)/.tmp")
    let time = timespec(tv_sec: Glibc.time(nil) - secondsAgo, tv_nsec: 0)
    utimensat(AT_FDCWD, file, [time, time], 0)
    return file
  }

  static func read(_ path: String) throws -> [UInt8] { try Files.read(path) }

  static func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    try Files.write(bytes, to: path, via: path + "-new")
  }

  static func sleep(milliseconds: Int) { usleep(UInt32(milliseconds * 1000)) }

  /// The paths of all files in a folder.
  static func files(under path: String) -> [String] {
    ((try? Files.names(in: path)) ?? []).flatMap { name -> [String] in
      let child = "\(path)/\(name)"
      return (try? Files.stamp(of: child).kind) == .folder ? files(under: child) : [child]
    }
  }

  private static func remove(_ path: String) {
    for name in (try? Files.names(in: path)) ?? [] { remove("\(path)/\(name)") }
    if rmdir(path) != 0 { unlink(path) }
  }
}

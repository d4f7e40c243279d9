import Glibc
import SystemPackage

/// A key that this process alone computes, for as long as the lock is held. A process that dies
/// lets go of it.
struct KeyLock: Sendable {
  enum Attempt {
    case held(KeyLock)
    /// Another process, or another engine of this one, computes it.
    case busy
    /// There can be no lock, since the folder cannot be written.
    case impossible
  }

  private let file: FileDescriptor
  private let path: String

  /// Never waits.
  static func attempt(at path: String) -> Attempt {
    guard (try? Files.makeFolder(Files.parent(of: path))) != nil,
      let file = try? FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec], permissions: .init(rawValue: 0o666))
    else { return .impossible }
    guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      try? file.close()
      return isHeld ? .busy : .impossible
    }
    guard isStillThere(file, at: path) else {
      try? file.close()
      return .busy
    }
    return .held(KeyLock(file: file, path: path))
  }

  /// The file goes before the lock does, so that nobody can come to hold a file that is on its way
  /// out without noticing.
  func release() {
    Files.remove(path)
    try? file.close()
  }

  /// Whether the holder before us did not remove the file between our opening and our locking it.
  private static func isStillThere(_ file: FileDescriptor, at path: String) -> Bool {
    guard let opened = try? Files.stamp(of: file), let found = try? Files.stamp(of: path) else {
      return false
    }
    return opened.inode == found.inode && opened.device == found.device
  }
}

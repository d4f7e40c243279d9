import Glibc
import SystemPackage

/// A key that this process alone computes, for as long as the lock is held. A process that dies
/// lets go of it.
///
/// All locks are bytes of one empty file, so that none has to be made or swept. They belong to the
/// opened file and not to the process: two engines of one process keep each other out too.
struct KeyLock: Sendable {
  /// Where a key's lock is.
  struct Place: Sendable {
    var file: String
    var byte: Int
  }

  enum Attempt {
    case held(KeyLock)
    /// Another process, or another engine of this one, computes it.
    case busy
    /// There can be no lock, since the file cannot be written, or its file system knows none.
    case impossible
  }

  private let file: FileDescriptor
  /// `F_OFD_SETLK` of Linux's fcntl.h, which C shows to GNU programs only.
  private static let setLock: CInt = 37

  /// Never waits.
  static func attempt(at place: Place) -> Attempt {
    guard let file = try? open(place.file) else { return .impossible }
    guard lock(place.byte, of: file) else {
      let isHeld = errno == EAGAIN || errno == EACCES
      try? file.close()
      return isHeld ? .busy : .impossible
    }
    return .held(KeyLock(file: file))
  }

  /// Waits while another process holds it; nil where there can be no lock. Throws `CancellationError` where
  /// the task is cancelled meanwhile.
  static func waiting(for place: Place) throws -> KeyLock? {
    while true {
      switch attempt(at: place) {
      case .held(let lock): return lock
      case .impossible: return nil
      case .busy: usleep(20_000)
      }
      try Task.checkCancellation()
    }
  }

  func release() { try? file.close() }

  private static func open(_ path: String) throws -> FileDescriptor {
    try Files.making(Files.parent(of: path)) {
      try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec], permissions: .init(rawValue: 0o666))
    }
  }

  private static func lock(_ byte: Int, of file: FileDescriptor) -> Bool {
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = byte
    range.l_len = 1
    return fcntl(file.rawValue, setLock, &range) == 0
  }
}

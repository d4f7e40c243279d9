import Glibc

/// What tells one state of a file from another without reading it.
struct FileStamp: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case file, folder, other }

  var kind: Kind
  var device: UInt64
  var inode: UInt64
  /// In bytes.
  var size: Int
  /// Nanoseconds since 1970: the last change of the content.
  var modified: Int
  /// Nanoseconds since 1970: the last change of the content or of what is known about the file.
  var changed: Int

  init(kind: Kind, device: UInt64, inode: UInt64, size: Int, modified: Int, changed: Int) {
    self.kind = kind
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// Nanoseconds since 1970.
  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return nanoseconds(time)
  }

  /// The nanoseconds between two times, whichever is the earlier: clocks are set, both ways.
  static func distance(from a: Int, to b: Int) -> Int {
    let (difference, overflows) = a.subtractingReportingOverflow(b)
    return overflows || difference == .min ? .max : abs(difference)
  }

  private static func nanoseconds(_ time: timespec) -> Int {
    time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

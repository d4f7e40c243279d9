import FoundationEssentials
import Glibc

/// What a model's file is written in, by its first bytes and its name.
public enum ModelFileFormat {
  /// The ends of the names that PyTorch's pickles mostly have.
  public static let pickleExtensions = [".ckpt", ".pt", ".pth", ".bin"]

  /// Throws `CheckpointError.pickle` for a file that would have to be unpickled, which can run any program: a bare
  /// pickle, or PyTorch's archive of one, which is a ZIP file. Nothing but the first bytes is read.
  static func refusePickle(_ path: String) throws {
    guard !isSafetensors(path) else { return }
    let start = firstBytes(of: path)
    let isArchive = start.starts(with: [0x50, 0x4b, 0x03, 0x04])
    // The opcode PROTO and its argument.
    let isPickle = start.count > 1 && start[0] == 0x80 && (1...5).contains(start[1])
    guard isArchive || isPickle || (hasNameOfPickle(path) && isFile(path)) else { return }
    throw CheckpointError.pickle(path: path)
  }

  /// Whether a file begins like a safetensors file: a length of 8 bytes and a JSON object.
  static func isSafetensors(_ path: String) -> Bool {
    firstBytes(of: path).dropFirst(8).first == UInt8(ascii: "{")
  }

  /// Whether a file's name is one that PyTorch's pickles mostly have.
  static func hasNameOfPickle(_ path: String) -> Bool {
    pickleExtensions.contains { path.lowercased().hasSuffix($0) }
  }

  /// Up to 9 bytes; none where the file cannot be read.
  private static func firstBytes(of path: String) -> [UInt8] {
    guard isFile(path) else { return [] }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: 9) { buffer, count in
      count = max(read(descriptor, buffer.baseAddress, 9), 0)
    }
  }
}

/// Whether there is a regular file, or a link to one.
func isFile(_ path: String) -> Bool { mode(of: path) & S_IFMT == S_IFREG }

/// Whether there is a folder, or a link to one.
func isFolder(_ path: String) -> Bool { mode(of: path) & S_IFMT == S_IFDIR }

private func mode(of path: String) -> mode_t {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode : 0
}

import Glibc

/// Addresses that the system keeps for one owner. A page takes memory from its first touch on, until it is
/// given back.
///
/// `@unchecked Sendable`: it never changes, and who may touch which part is the owner's concern.
struct AddressRegion: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  let byteCount: Int

  /// Nil where the system does not give so many addresses, or counts them as memory: then a region would
  /// take from the process what it needs elsewhere.
  static func reserve() -> AddressRegion? {
    guard !addressesAreLimited else { return nil }
    let memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let byteCount = max(2 * memory, 1 << 30).roundedUp(to: hugePage)
    let mapping = mmap(
      nil, byteCount + hugePage, PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let mapping, mapping != MAP_FAILED else { return nil }
    let start = UnsafeMutableRawPointer(
      bitPattern: UInt(bitPattern: mapping).roundedUp(to: UInt(hugePage)))
    guard let start else { return nil }
    // Where the system has no huge pages, small ones do.
    madvise(start, byteCount, MADV_HUGEPAGE)
    return AddressRegion(start: start, byteCount: byteCount)
  }

  /// Lets the system have the memory of some whole pages. They can be touched again, and are zero then.
  func giveBack(_ range: Range<Int>) {
    madvise(start + range.lowerBound, range.count, MADV_DONTNEED)
  }

  /// The smallest part that can be given back.
  static let page = max(sysconf(Int32(_SC_PAGESIZE)), 4096)
  static let hugePage = 2 << 20

  private static var addressesAreLimited: Bool {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return true }
    // The macro RLIM_INFINITY, which does not import.
    return limit.rlim_cur != ~0
  }
}

extension BinaryInteger {
  /// The least multiple of a size that is not below self.
  func roundedUp(to size: Self) -> Self { (self + size - 1) / size * size }
}

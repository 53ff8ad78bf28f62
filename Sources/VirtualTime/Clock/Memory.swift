import CRuntimeHooks
import Glibc

/// Hints to the processor about memory that will be needed soon. They change nothing but time.
public enum Memory {
  /// Begins to load the cache line at `address`.
  @inline(__always)
  public static func prefetch<Value>(_ address: UnsafePointer<Value>) {
    settlesim_prefetch(UInt(bitPattern: address))
  }

  /// Begins to load the cache line at `address`.
  @inline(__always)
  public static func prefetch<Value>(_ address: UnsafeMutablePointer<Value>) {
    settlesim_prefetch(UInt(bitPattern: address))
  }
}

extension Memory {
  /// A huge page of the usual processors, bytes.
  public static let hugePage = 1 << 21

  /// Memory for a large table that is read at random: whole huge pages where the system grants
  /// them, since with small ones most reads would wait for the address to be translated. Give it
  /// back with `free`.
  ///
  /// - Parameters:
  ///   - bytes: the size; rounded up to whole huge pages.
  ///   - zeroed: whether all bytes are set to zero; else their content is undefined, and pages that
  ///     are never touched take no memory.
  public static func allocateTable(bytes: Int, zeroed: Bool) -> UnsafeMutableRawPointer {
    let size = (bytes + hugePage - 1) / hugePage * hugePage
    var memory: UnsafeMutableRawPointer?
    let code = posix_memalign(&memory, hugePage, size)
    precondition(code == 0, "no memory for a table of \(bytes) bytes")
    madvise(memory!, size, MADV_HUGEPAGE)
    if zeroed { memset(memory!, 0, bytes) }
    return memory!
  }
}

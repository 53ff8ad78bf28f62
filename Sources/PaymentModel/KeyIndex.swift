import Glibc
import VirtualTime

/// Fingerprint -> payment: open addressing with linear probing, 8 bytes a slot (half the
/// fingerprint and the payment's number), so a probe touches the payment itself only on a likely
/// hit.
public struct KeyIndex: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: UInt64
  /// Keys held.
  public private(set) var count = 0

  /// - Parameter capacity: keys expected; it grows beyond.
  public init(capacity: Int = 1_024) {
    var size: UInt64 = 1_024
    while size * 3 / 4 < UInt64(capacity) { size *= 2 }
    mask = size - 1
    slots = Self.table(size)
  }

  deinit { free(slots) }

  /// Empty slots; large tables in huge pages.
  private static func table(_ size: UInt64) -> UnsafeMutablePointer<UInt64> {
    let bytes = Int(size) * MemoryLayout<UInt64>.stride
    let memory =
      bytes < Memory.hugePage
      ? calloc(1, bytes)! : Memory.allocateTable(bytes: bytes, zeroed: true)
    return memory.assumingMemoryBound(to: UInt64.self)
  }

  private static func entry(_ fingerprint: UInt64, _ payment: UInt32) -> UInt64 {
    fingerprint & 0xffff_ffff_0000_0000 | UInt64(payment)
  }

  /// Begins to load the slot that `find` will look at first.
  public func prefetch(_ fingerprint: UInt64) { Memory.prefetch(slots + Int(fingerprint & mask)) }

  /// The payment with this fingerprint, or nil. Average cost: one probe.
  public func find(_ fingerprint: UInt64, in store: PaymentStore) -> UInt32? {
    var i = fingerprint & mask
    while slots[Int(i)] != 0 {
      let entry = slots[Int(i)]
      if (entry ^ fingerprint) >> 32 == 0 {
        let payment = UInt32(truncatingIfNeeded: entry)
        if store[payment].fingerprint == fingerprint { return payment }
      }
      i = (i + 1) & mask
    }
    return nil
  }

  /// Adds a key that `find` did not find.
  public mutating func insert(_ fingerprint: UInt64, _ payment: UInt32, in store: PaymentStore) {
    if (UInt64(count) + 1) * 4 > (mask + 1) * 3 { grow(store) }
    place(fingerprint, payment)
    count += 1
  }

  /// Takes a key out, closing the gap it leaves.
  public mutating func remove(_ fingerprint: UInt64, _ payment: UInt32, in store: PaymentStore) {
    var i = fingerprint & mask
    let wanted = Self.entry(fingerprint, payment)
    while slots[Int(i)] != wanted {
      guard slots[Int(i)] != 0 else { return }
      i = (i + 1) & mask
    }
    count -= 1
    var hole = i
    var j = (i + 1) & mask
    while slots[Int(j)] != 0 {
      let home = store[UInt32(truncatingIfNeeded: slots[Int(j)])].fingerprint & mask
      if (j &- home) & mask >= (j &- hole) & mask {
        slots[Int(hole)] = slots[Int(j)]
        hole = j
      }
      j = (j + 1) & mask
    }
    slots[Int(hole)] = 0
  }

  private mutating func place(_ fingerprint: UInt64, _ payment: UInt32) {
    var i = fingerprint & mask
    while slots[Int(i)] != 0 { i = (i + 1) & mask }
    slots[Int(i)] = Self.entry(fingerprint, payment)
  }

  private mutating func grow(_ store: PaymentStore) {
    let old = slots
    let size = mask + 1
    slots = Self.table(size * 2)
    mask = size * 2 - 1
    for i in 0..<Int(size) where old[i] != 0 {
      let payment = UInt32(truncatingIfNeeded: old[i])
      place(store[payment].fingerprint, payment)
    }
    free(old)
  }
}

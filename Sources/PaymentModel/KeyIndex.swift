import Glibc
import VirtualTime

/// Fingerprint -> payment: open addressing with linear probing, 4 bytes a slot: the number of the
/// payment in as many low bits as numbers need, upper bits of the fingerprint in the rest. So a
/// probe touches the payment itself only on a likely hit: with a million payments one miss in 4,096
/// does.
public struct KeyIndex: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt32>
  private var mask: UInt64
  /// Low bits of a slot that hold the payment's number; all 32 leave no room for the fingerprint.
  private var numberBits: UInt32
  private let memory = MemoryShare(of: .keys)
  /// Keys held.
  public private(set) var count = 0

  /// - Parameter capacity: keys expected; it grows beyond.
  public init(capacity: Int = 1_024) {
    var size: UInt64 = 1_024
    while size * 3 / 4 < UInt64(capacity) { size *= 2 }
    mask = size - 1
    numberBits = UInt32(size.trailingZeroBitCount)
    slots = Self.table(size)
    memory.grow(to: Int(size) * MemoryLayout<UInt32>.stride)
  }

  deinit { free(slots) }

  /// Empty slots; large tables in huge pages.
  private static func table(_ size: UInt64) -> UnsafeMutablePointer<UInt32> {
    let bytes = Int(size) * MemoryLayout<UInt32>.stride
    let memory =
      bytes < Memory.hugePage
      ? calloc(1, bytes)! : Memory.allocateTable(bytes: bytes, zeroed: true)
    return memory.assumingMemoryBound(to: UInt32.self)
  }

  /// What a slot holds of a fingerprint, in place.
  private func tag(_ key: KeyFingerprint) -> UInt32 {
    UInt32(truncatingIfNeeded: key.rawValue >> 32) & ~numbers
  }

  /// The bits of a slot that hold the number.
  private var numbers: UInt32 { UInt32(truncatingIfNeeded: (UInt64(1) << numberBits) - 1) }

  /// Begins to load the slot that `find` will look at first.
  public func prefetch(_ fingerprint: KeyFingerprint) {
    Memory.prefetch(slots + Int(fingerprint.rawValue & mask))
  }

  /// The payment with this fingerprint, or nil. Average cost: one probe.
  public func find(_ key: KeyFingerprint, in store: PaymentStore) -> PaymentID? {
    let tag = tag(key)
    let numbers = numbers
    var i = key.rawValue & mask
    while slots[Int(i)] != 0 {
      let entry = slots[Int(i)]
      if entry & ~numbers == tag {
        let payment = PaymentID(entry & numbers)
        if store[payment].fingerprint == key { return payment }
      }
      i = (i + 1) & mask
    }
    return nil
  }

  /// Adds a key that `find` did not find.
  public mutating func insert(_ key: KeyFingerprint, _ payment: PaymentID, in store: PaymentStore) {
    precondition(payment > 0, "payments are numbered from 1")
    if (UInt64(count) + 1) * 4 > (mask + 1) * 3 {
      rebuild(size: (mask + 1) * 2, numberBits: numberBits, store)
    }
    let needed = UInt32(UInt32.bitWidth - payment.rawValue.leadingZeroBitCount)
    if needed > numberBits { rebuild(size: mask + 1, numberBits: needed, store) }
    place(key, payment)
    count += 1
  }

  /// Takes a key out, closing the gap it leaves.
  public mutating func remove(_ key: KeyFingerprint, _ payment: PaymentID, in store: PaymentStore) {
    var i = key.rawValue & mask
    let wanted = tag(key) | payment.rawValue
    while slots[Int(i)] != wanted {
      guard slots[Int(i)] != 0 else { return }
      i = (i + 1) & mask
    }
    count -= 1
    var hole = i
    var j = (i + 1) & mask
    while slots[Int(j)] != 0 {
      let home = store[PaymentID(slots[Int(j)] & numbers)].fingerprint.rawValue & mask
      if (j &- home) & mask >= (j &- hole) & mask {
        slots[Int(hole)] = slots[Int(j)]
        hole = j
      }
      j = (j + 1) & mask
    }
    slots[Int(hole)] = 0
  }

  private mutating func place(_ key: KeyFingerprint, _ payment: PaymentID) {
    var i = key.rawValue & mask
    while slots[Int(i)] != 0 { i = (i + 1) & mask }
    slots[Int(i)] = tag(key) | payment.rawValue
  }

  /// Moves all keys to a new table. O(size).
  private mutating func rebuild(size: UInt64, numberBits wanted: UInt32, _ store: PaymentStore) {
    let old = slots
    let oldSize = Int(mask + 1)
    let oldNumbers = numbers
    slots = Self.table(size)
    memory.grow(to: Int(size) * MemoryLayout<UInt32>.stride)
    mask = size - 1
    numberBits = min(32, max(wanted, UInt32(size.trailingZeroBitCount)))
    for i in 0..<oldSize where old[i] != 0 {
      let payment = PaymentID(old[i] & oldNumbers)
      place(store[payment].fingerprint, payment)
    }
    free(old)
  }
}

import Host
import Reporting
import VirtualTime

/// How much memory the process may take before it ends itself, and what it says then.
struct MemoryBound: Equatable, Sendable {
  /// Bytes of physical memory.
  var bytes: Int
  /// Where it comes from: the flag or the variable; nil: by default.
  var origin: String?
  /// What the process was granted: address space and data end it too, shortly before the system
  /// refuses more.
  var limits: MemoryLimits
  /// For a child process: how many there are at once, which have equal shares of it.
  var sharers: Int?

  /// What this process may take of it, bytes.
  var share: Int { bytes / max(1, sharers ?? 1) }

  /// The same bound for one of so many child processes.
  func shared(by sharers: Int) -> MemoryBound {
    var bound = self
    bound.sharers = sharers
    return bound
  }

  /// How many child processes may work at once, `most` or fewer: each has what the program needs
  /// for itself.
  func processes(_ most: Int) -> Int { max(1, min(most, bytes / Self.least)) }

  /// Least bound that can be asked for: what the program needs for itself.
  static let least = 64 << 20

  /// Three quarters of what the process may use.
  static func standard(_ limits: MemoryLimits) -> MemoryBound {
    MemoryBound(bytes: max(least, limits.least / 4 * 3), origin: nil, limits: limits)
  }

  /// Bytes of a size such as `512MiB`, `4GiB` or `1.5 GiB`; nil for anything else.
  static func size(_ text: String) -> Int? {
    for (unit, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30)] where text.hasSuffix(unit) {
      var digits = text.dropLast(unit.count)
      if digits.last == " " { digits.removeLast() }
      let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
      let isPlain = parts.allSatisfy { part in
        !part.isEmpty && part.count <= 9 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
      guard isPlain, parts.count == 1 || parts.count == 2, let value = Double(digits) else {
        return nil
      }
      return Int(value * Double(1 << shift))
    }
    return nil
  }

  /// What is used beyond the bound, in words; nil: nothing.
  func excess(_ use: MemoryMeter.Use) -> String? {
    if use.resident > share {
      return "\(HumanFormat.bytes(use.resident)) are in use, and \(cause)"
    }
    for (used, limit, name) in [
      (use.addressSpace, limits.addressSpace, "address space (ulimit -v)"),
      (use.data, limits.data, "data (ulimit -d)"),
    ] {
      guard let limit, used > limit / 16 * 15 else { continue }
      return "\(HumanFormat.bytes(used)) of \(HumanFormat.bytes(limit)) of \(name) are in use"
    }
    return nil
  }

  private var cause: String {
    let part =
      sharers.map { $0 > 1 ? ", \(HumanFormat.bytes(share)) to each of \($0) processes" : "" } ?? ""
    if let origin { return "\(origin) allows \(HumanFormat.bytes(bytes))\(part)" }
    return "without --memory \(HumanFormat.bytes(bytes)) are allowed, three quarters of what the "
      + "process may use\(part)"
  }

  /// The sentence with which a process ends.
  ///
  /// - Parameter stores: what holds how many bytes, the largest first.
  func sentence(_ excess: String, _ stores: [(name: String, bytes: Int)], resident: Int) -> String {
    let known = stores.prefix(3).map { "\($0.name) \(HumanFormat.bytes($0.bytes))" }
    let rest = resident - stores.prefix(3).reduce(0) { $0 + $1.bytes }
    let others = rest > 0 ? ["everything else \(HumanFormat.bytes(rest))"] : []
    return "memory: \(excess): \((known + others).joined(separator: ", ")); allow more with "
      + "--memory, let fewer runs go on at once with --threads, or make the scenario smaller"
  }
}

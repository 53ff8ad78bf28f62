import Glibc

/// How much memory this process may use, and uses.
package struct MemoryLimits: Sendable, Equatable {
  /// Bytes of physical memory: the machine's, or what its control group leaves of it.
  package var physical: Int
  /// Most bytes of address space (`RLIMIT_AS`); nil: any.
  package var addressSpace: Int?
  /// Most bytes of data (`RLIMIT_DATA`); nil: any.
  package var data: Int?

  /// Limits by themselves.
  package init(physical: Int, addressSpace: Int? = nil, data: Int? = nil) {
    (self.physical, self.addressSpace, self.data) = (physical, addressSpace, data)
  }

  /// The least of all.
  package var least: Int { min(physical, addressSpace ?? .max, data ?? .max) }

  /// Those of this process.
  package static var current: MemoryLimits {
    let machine = max(1, sysconf(Int32(_SC_PHYS_PAGES))) * max(1, sysconf(Int32(_SC_PAGESIZE)))
    let group = controlGroup(read: ControlGroups.text)
    return MemoryLimits(
      physical: min(machine, group ?? .max), addressSpace: resource(RLIMIT_AS),
      data: resource(RLIMIT_DATA))
  }

  /// The least limit of the control groups that the process is in, of either version.
  ///
  /// - Parameter read: the text of a file; nil where it cannot be read.
  package static func controlGroup(read: (String) -> String?) -> Int? {
    guard let groups = read(ControlGroups.ownGroups) else { return nil }
    let mounts = read(ControlGroups.ownMounts) ?? usualMounts
    return ControlGroups(groups: groups, mounts: mounts).folders(of: "memory").compactMap {
      let name = $0.isUnified ? "memory.max" : "memory.limit_in_bytes"
      let text = read($0.path + "/" + name)?.split(separator: "\n").first.map(String.init)
      // Without a limit version 2 says "max", version 1 a number close to 2^63.
      return text.flatMap(Int.init).flatMap { $0 > 0 && $0 < 1 << 62 ? $0 : nil }
    }.min()
  }

  /// Where hierarchies are, if the system does not say.
  private static let usualMounts = """
    0 0 0:0 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
    0 0 0:0 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
    """

  private static func resource(_ kind: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(kind.rawValue), &limit) == 0, limit.rlim_cur < 1 << 62
    else { return nil }
    return Int(limit.rlim_cur)
  }
}

/// Reads what memory the process uses, from `/proc/self/statm`; costs about a microsecond.
package struct MemoryMeter: Sendable {
  /// What is in use, bytes.
  package struct Use: Sendable, Equatable {
    /// Address space.
    package var addressSpace: Int
    /// Physical memory.
    package var resident: Int
    /// Data and stack.
    package var data: Int

    /// Use by itself.
    package init(addressSpace: Int, resident: Int, data: Int) {
      (self.addressSpace, self.resident, self.data) = (addressSpace, resident, data)
    }
  }

  private let descriptor: Int32
  private let page = max(1, sysconf(Int32(_SC_PAGESIZE)))

  /// Nil where the system does not tell.
  package init?() {
    descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  /// What is in use now; nil where it cannot be read.
  package func read() -> Use? {
    var numbers = (0, 0, 0, 0, 0, 0, 0)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer -> Use? in
      let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
      guard count > 0 else { return nil }
      return withUnsafeMutableBytes(of: &numbers) { bytes -> Use? in
        let fields = bytes.bindMemory(to: Int.self)
        var field = 0
        for byte in buffer[..<count] {
          if byte == UInt8(ascii: " ") {
            field += 1
          } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), field < fields.count {
            fields[field] = fields[field] * 10 + Int(byte - UInt8(ascii: "0"))
          }
        }
        guard field >= 5 else { return nil }
        return Use(
          addressSpace: fields[0] * page, resident: fields[1] * page, data: fields[5] * page)
      }
    }
  }
}

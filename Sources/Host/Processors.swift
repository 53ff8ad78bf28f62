import Glibc

/// The processors that this process may use: those that the scheduler may put it on, and of those
/// no more than the quota of its control groups pays for.
public enum Processors {
  /// How many, at least one; read once.
  public static let usable: Int = {
    let affine =
      affinity(status: text("/proc/self/status"))
      ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let quota = CPUQuota.processors(
      groups: text("/proc/self/cgroup"), mounts: text("/proc/self/mountinfo"), read: text)
    return usable(affine, quota: quota)
  }()

  /// Of `affine` processors those that `quota` (in whole processors' time) pays for: a part of one
  /// counts as one, since a thread that gets a part is still of use.
  static func usable(_ affine: Int, quota: Double?) -> Int {
    guard let quota else { return max(1, affine) }
    return max(1, min(affine, Int(min(quota, 1e6).rounded(.up))))
  }

  /// Processors in the affinity mask that `/proc/self/status` gives as hexadecimal digits; nil
  /// where it gives none.
  static func affinity(status: String?) -> Int? {
    for line in (status ?? "").split(separator: "\n") where line.hasPrefix("Cpus_allowed:") {
      let count = line.drop { $0 != ":" }
        .reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
      return count > 0 ? count : nil
    }
    return nil
  }

  /// A small file as text; nil where it cannot be read. Files of `/proc` and of control groups have
  /// no size, so it is read to its end.
  private static func text(_ path: String) -> String? {
    let descriptor = Int32(Posix.retrying { Int(open(path, O_RDONLY | O_CLOEXEC)) })
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while bytes.count < 1 << 20 {
      let count = Posix.retrying { read(descriptor, &buffer, buffer.count) }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The processor time that control groups grant, from their files. Version 2 keeps quota and period
/// in `cpu.max`, version 1 in `cpu.cfs_quota_us` and `cpu.cfs_period_us`; a group is also held by
/// every group above it.
enum CPUQuota {
  /// The least quota of the process's groups and those above them, in processors; nil: none.
  ///
  /// - Parameters:
  ///   - groups: what `/proc/self/cgroup` says.
  ///   - mounts: what `/proc/self/mountinfo` says.
  ///   - read: the text of a file; nil where there is none.
  static func processors(
    groups: String?, mounts: String?, read: (String) -> String?
  ) -> Double? {
    guard let groups, let mounts else { return nil }
    var least: Double?
    for mount in mounts.split(separator: "\n").compactMap({ Mount($0) }) {
      guard let group = group(of: mount, groups) else { continue }
      for folder in mount.folders(of: group) {
        guard let quota = mount.isUnified ? unified(folder, read) : legacy(folder, read) else {
          continue
        }
        least = min(least ?? quota, quota)
      }
    }
    return least
  }

  /// A mounted hierarchy of groups that may hold processor time.
  private struct Mount {
    var root: String
    var point: String
    var isUnified: Bool

    /// A line such as `32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu`; nil for others.
    init?(_ line: Substring) {
      let words = line.split(separator: " ").map(String.init)
      guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 1 else {
        return nil
      }
      root = Self.unescaped(words[3])
      point = Self.unescaped(words[4])
      switch words[dash + 1] {
      case "cgroup2": isUnified = true
      case "cgroup" where words.last!.split(separator: ",").contains("cpu"): isUnified = false
      default: return nil
      }
    }

    /// The folders of a group and of all above it that can be seen here, the group's first.
    func folders(of group: String) -> [String] {
      // Where a container sees only its own part of the hierarchy, the mount begins there.
      var path = group
      if root != "/" {
        guard group == root || group.hasPrefix(root + "/") else { return [point] }
        path = String(group.dropFirst(root.count))
      }
      var names = path.split(separator: "/").map(String.init)
      // A group beyond the process's own root cannot be seen.
      if names.contains("..") { return [point] }
      var folders: [String] = []
      while !names.isEmpty {
        folders.append(point + "/" + names.joined(separator: "/"))
        names.removeLast()
      }
      return folders + [point]
    }

    /// Spaces and the like are written as `\040`.
    private static func unescaped(_ text: String) -> String {
      var bytes: [UInt8] = []
      var rest = Array(text.utf8)[...]
      while let byte = rest.popFirst() {
        let digits = rest.prefix(3)
        if byte == UInt8(ascii: "\\"), digits.count == 3,
          let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
        {
          bytes.append(value)
          rest = rest.dropFirst(3)
        } else {
          bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The process's group in a hierarchy, from lines such as `3:cpu,cpuacct:/a/b` and `0::/a/b`.
  private static func group(of mount: Mount, _ groups: String) -> String? {
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isWanted =
        mount.isUnified
        ? parts[0] == "0" && parts[1].isEmpty
        : parts[1].split(separator: ",").contains("cpu")
      if isWanted { return String(parts[2]) }
    }
    return nil
  }

  /// `max 100000` or `150000 100000`.
  private static func unified(_ folder: String, _ read: (String) -> String?) -> Double? {
    guard let words = read(folder + "/cpu.max")?.split(whereSeparator: \.isWhitespace),
      words.count == 2
    else { return nil }
    return quotient(words[0], words[1])
  }

  /// A quota of -1 is none.
  private static func legacy(_ folder: String, _ read: (String) -> String?) -> Double? {
    guard let quota = read(folder + "/cpu.cfs_quota_us")?.split(whereSeparator: \.isWhitespace),
      let period = read(folder + "/cpu.cfs_period_us")?.split(whereSeparator: \.isWhitespace),
      quota.count == 1, period.count == 1
    else { return nil }
    return quotient(quota[0], period[0])
  }

  private static func quotient(_ quota: Substring, _ period: Substring) -> Double? {
    guard let quota = Int64(quota), let period = Int64(period), quota > 0, period > 0 else {
      return nil
    }
    return Double(quota) / Double(period)
  }
}

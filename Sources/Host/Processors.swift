import Glibc

/// The processors that this process may use: those that the scheduler may put it on, and of those
/// no more than the quota of its control groups pays for.
public enum Processors {
  /// How many, at least one; read once.
  public static let usable: Int = {
    let affine =
      affinity(status: ControlGroups.text("/proc/self/status"))
      ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let quota = CPUQuota.processors(
      groups: ControlGroups.text(ControlGroups.ownGroups),
      mounts: ControlGroups.text(ControlGroups.ownMounts), read: ControlGroups.text)
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
    return ControlGroups(groups: groups, mounts: mounts).folders(of: "cpu")
      .compactMap { $0.isUnified ? unified($0.path, read) : legacy($0.path, read) }.min()
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

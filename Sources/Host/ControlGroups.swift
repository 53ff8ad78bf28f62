/// The control groups that hold this process, in the hierarchies that it sees: of version 2 one for
/// all controllers, of version 1 one for each. A group is also held by every group above it.
struct ControlGroups {
  /// Where a process is told its groups and its mounts.
  static let ownGroups = "/proc/self/cgroup"
  static let ownMounts = "/proc/self/mountinfo"

  /// A folder with the files of a group.
  struct Folder {
    var path: String
    /// Whether it is of version 2.
    var isUnified: Bool
  }

  private let groups: String
  private let mounts: String

  /// - Parameters:
  ///   - groups: what `/proc/self/cgroup` says.
  ///   - mounts: what `/proc/self/mountinfo` says.
  init(groups: String, mounts: String) {
    self.groups = groups
    self.mounts = mounts
  }

  /// A small file as text; nil where it cannot be read.
  static func text(_ path: String) -> String? {
    (try? FileReader.bytes(of: path, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The folders of the process's groups and of all above them that may hold what a controller,
  /// such as `cpu` or `memory`, grants.
  func folders(of controller: String) -> [Folder] {
    mounts.split(separator: "\n").compactMap { Mount($0, holding: controller) }.flatMap { mount in
      (group(of: controller, in: mount).map(mount.folders) ?? []).map {
        Folder(path: $0, isUnified: mount.isUnified)
      }
    }
  }

  /// A mounted hierarchy of groups.
  private struct Mount {
    var root: String
    var point: String
    var isUnified: Bool

    /// A line such as `32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu`; nil for others.
    init?(_ line: Substring, holding controller: String) {
      let words = line.split(separator: " ").map(String.init)
      guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 1 else {
        return nil
      }
      root = Self.unescaped(words[3])
      point = Self.unescaped(words[4])
      switch words[dash + 1] {
      case "cgroup2": isUnified = true
      case "cgroup" where words.last!.split(separator: ",").contains(controller[...]):
        isUnified = false
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
  private func group(of controller: String, in mount: Mount) -> String? {
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isWanted =
        mount.isUnified
        ? parts[0] == "0" && parts[1].isEmpty
        : parts[1].split(separator: ",").contains(controller[...])
      if isWanted { return String(parts[2]) }
    }
    return nil
  }
}

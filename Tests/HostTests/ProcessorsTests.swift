import Glibc
import Testing

@testable import Host

@Suite("Processors that the process may use")
struct ProcessorsTests {
  private static let unified = """
    25 30 0:23 / /proc rw,nosuid shared:14 - proc proc rw
    35 30 0:30 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate
    """
  private static let legacy = """
    31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
    32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
    34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
    41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
    """

  private static func quota(
    _ groups: String, _ mounts: String, _ files: [String: String]
  ) -> Double? {
    CPUQuota.processors(groups: groups, mounts: mounts) { files[$0] }
  }

  @Test(
    "version 2: quota over period, and no quota where it says max",
    arguments: [
      ("max 100000\n", nil), ("150000 100000\n", 1.5), ("50000 100000", 0.5),
      ("400000 100000\n", 4), ("0 100000\n", nil), ("-1 100000\n", nil), ("100000\n", nil),
      ("a b\n", nil), ("", nil), ("100000 0\n", nil),
    ] as [(String, Double?)])
  func versionTwo(text: String, expected: Double?) {
    #expect(
      Self.quota("0::/jobs/one\n", Self.unified, ["/sys/fs/cgroup/jobs/one/cpu.max": text])
        == expected)
  }

  @Test("a group is held by the least quota of itself and of all above it")
  func ancestors() {
    let files = [
      "/sys/fs/cgroup/a/b/c/cpu.max": "max 100000", "/sys/fs/cgroup/a/b/cpu.max": "300000 100000",
      "/sys/fs/cgroup/a/cpu.max": "120000 100000", "/sys/fs/cgroup/d/cpu.max": "10000 100000",
    ]
    #expect(Self.quota("0::/a/b/c\n", Self.unified, files) == 1.2)
    #expect(Self.quota("0::/\n", Self.unified, ["/sys/fs/cgroup/cpu.max": "2 1"]) == 2)
  }

  @Test("version 1: the hierarchy of the cpu controller, -1 for none, beside an empty version 2")
  func versionOne() {
    let groups = "9:name=systemd:/\n4:cpu,cpuacct:/jobs\n3:cpuset:/small\n0::/\n"
    func files(_ quota: String) -> [String: String] {
      [
        "/sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_quota_us": quota,
        "/sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_period_us": "50000\n",
        "/sys/fs/cgroup/cpuset/small/cpu.cfs_quota_us": "1",
        "/sys/fs/cgroup/cpuset/small/cpu.cfs_period_us": "100",
      ]
    }
    #expect(Self.quota(groups, Self.legacy, files("125000\n")) == 2.5)
    #expect(Self.quota(groups, Self.legacy, files("-1\n")) == nil)
    #expect(Self.quota(groups, Self.legacy, [:]) == nil)
  }

  @Test("a container sees its own part of the hierarchy, whatever it is called outside")
  func container() {
    let mounts =
      "35 30 0:30 /docker/4f /sys/fs/cgroup ro,nosuid master:4 - cgroup2 cgroup rw\n"
      + "36 30 0:31 / /with\\040space rw - cgroup2 none rw"
    let files = ["/sys/fs/cgroup/cpu.max": "200000 100000", "/with space/cpu.max": "max 1"]
    #expect(Self.quota("0::/docker/4f\n", mounts, files) == 2)
    #expect(Self.quota("0::/elsewhere\n", mounts, files) == 2)
    #expect(Self.quota("0::/../..\n", mounts, files) == 2)
    let inner = ["/sys/fs/cgroup/x/cpu.max": "70000 100000"]
    #expect(Self.quota("0::/docker/4f/x\n", mounts, inner) == 0.7)
  }

  @Test("where nothing is said of groups there is no quota")
  func silence() {
    #expect(CPUQuota.processors(groups: nil, mounts: Self.unified) { _ in "1 1" } == nil)
    #expect(CPUQuota.processors(groups: "0::/\n", mounts: nil) { _ in "1 1" } == nil)
    #expect(Self.quota("", Self.unified, ["/sys/fs/cgroup/cpu.max": "1 1"]) == nil)
    #expect(Self.quota("nonsense\n0:/\n", "- -\nx - cgroup2\n", [:]) == nil)
  }

  @Test(
    "no more processors count than the quota pays for, and always one",
    arguments: [
      (8, nil, 8), (8, 2, 2), (8, 1.5, 2), (8, 0.1, 1), (2, 4, 2), (1, nil, 1), (0, nil, 1),
      (64, 1e300, 64),
    ] as [(Int, Double?, Int)])
  func count(affine: Int, quota: Double?, expected: Int) {
    #expect(Processors.usable(affine, quota: quota) == expected)
  }

  @Test(
    "the affinity mask is counted, however many words it has",
    arguments: [
      ("Name:\tx\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2),
      ("Cpus_allowed:\tff,ffffffff,00000000\n", 40), ("Cpus_allowed:\t0\n", nil),
      ("Cpus_allowed_list:\t0-1\n", nil), ("", nil),
    ] as [(String, Int?)])
  func mask(status: String, expected: Int?) {
    #expect(Processors.affinity(status: status) == expected)
  }

  @Test("this process may use at least one, and no more than the machine has")
  func here() {
    #expect((1...Int(sysconf(Int32(_SC_NPROCESSORS_CONF)))).contains(Processors.usable))
  }
}

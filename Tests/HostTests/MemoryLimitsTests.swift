import Testing

@testable import Host

@Suite("How much memory the process may use")
struct MemoryLimitsTests {
  @Test("the least limit of the control group and those above it holds, of either version")
  func controlGroups() {
    func limit(_ files: [String: String]) -> Int? { MemoryLimits.controlGroup { files[$0] } }
    let second = ["/proc/self/cgroup": "0::/system.slice/job\n"]
    func with(_ files: [String: String], _ more: [String: String]) -> [String: String] {
      files.merging(more) { $1 }
    }
    let root = "/sys/fs/cgroup"
    #expect(limit([:]) == nil && limit(second) == nil)
    #expect(limit(with(second, ["\(root)/system.slice/job/memory.max": "max\n"])) == nil)
    #expect(limit(with(second, ["\(root)/system.slice/job/memory.max": "4096\n"])) == 4_096)
    #expect(
      limit(
        with(
          second,
          [
            "\(root)/system.slice/job/memory.max": "max\n",
            "\(root)/system.slice/memory.max": "8192\n", "\(root)/memory.max": "9000\n",
          ])) == 8_192)
    // In a container the root of the group's files may be the group itself.
    #expect(limit(with(second, ["\(root)/memory.max": "4096\n"])) == 4_096)
    let first = ["/proc/self/cgroup": "5:cpu,cpuacct:/a\n4:memory:/b\n0::/\n"]
    #expect(
      limit(with(first, ["\(root)/memory/b/memory.limit_in_bytes": "9223372036854771712\n"])) == nil
    )
    #expect(limit(with(first, ["\(root)/memory/b/memory.limit_in_bytes": "777\n"])) == 777)
    #expect(limit(with(first, ["\(root)/cpu/a/memory.limit_in_bytes": "1\n"])) == nil)
  }

  @Test("hierarchies are looked for where they are mounted")
  func mounts() {
    let files = [
      "/proc/self/cgroup": "4:memory:/pod/b\n",
      "/proc/self/mountinfo":
        "33 31 0:30 /pod /groups/memory rw,relatime - cgroup cgroup rw,memory\n",
      "/groups/memory/b/memory.limit_in_bytes": "777\n",
      "/groups/memory/memory.limit_in_bytes": "999\n",
      "/sys/fs/cgroup/memory/pod/b/memory.limit_in_bytes": "1\n",
    ]
    #expect(MemoryLimits.controlGroup { files[$0] } == 777)
  }

  @Test("what is in use grows with what is touched")
  func use() throws {
    let meter = try #require(MemoryMeter())
    let before = try #require(meter.read())
    let size = 64 << 20
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4_096)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 1, count: size)
    let after = try #require(meter.read())
    #expect(before.resident > 1 << 20 && after.resident - before.resident > size / 2)
    #expect(after.addressSpace >= after.resident && after.data > 0)
    #expect(MemoryLimits.current.least > 1 << 20)
  }
}

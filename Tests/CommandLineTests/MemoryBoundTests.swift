import Host
import Testing

@testable import CommandLine

@Suite("The bound on memory")
struct MemoryBoundTests {
  @Test("a size is a number and a unit of 1,024s")
  func sizes() {
    #expect(MemoryBound.size("4GiB") == 4 << 30)
    #expect(MemoryBound.size("1.5 GiB") == 3 << 29)
    #expect(MemoryBound.size("512MiB") == 512 << 20)
    #expect(MemoryBound.size("70000KiB") == 70_000 << 10)
    for wrong in [
      "", "GiB", "4", "4GB", "4 gib", "-4GiB", "+4GiB", "4..5GiB", ".5GiB", "5.GiB", "1e3MiB",
      "4GiBGiB", "0x10MiB", "9999999999GiB", " 4GiB", "4  GiB",
    ] { #expect(MemoryBound.size(wrong) == nil, "\(wrong)") }
  }

  @Test("by default three quarters of the least that the process may use")
  func standard() {
    let limits = MemoryLimits(physical: 8 << 30, addressSpace: 4 << 30, data: 6 << 30)
    #expect(MemoryBound.standard(limits).bytes == 3 << 30)
    #expect(MemoryBound.standard(MemoryLimits(physical: 8 << 30)).bytes == 6 << 30)
    #expect(MemoryBound.standard(MemoryLimits(physical: 1 << 20)).bytes == MemoryBound.least)
  }

  @Test("beyond it is told what is used, what allows how much, and what holds most")
  func excess() {
    let limits = MemoryLimits(physical: 64 << 30, addressSpace: 32 << 30)
    let bound = MemoryBound(bytes: 4 << 30, origin: "--memory", limits: limits)
    func use(_ resident: Int, _ space: Int = 1 << 30) -> MemoryMeter.Use {
      MemoryMeter.Use(addressSpace: space, resident: resident, data: 0)
    }
    #expect(bound.excess(use(4 << 30)) == nil)
    #expect(bound.excess(use(5 << 30)) == "5.0 GiB are in use, and --memory allows 4.0 GiB")
    #expect(bound.excess(use(0, 30 << 30)) == nil)
    #expect(
      bound.excess(use(0, 31 << 30))
        == "31.0 GiB of 32.0 GiB of address space (ulimit -v) are in use")
    let text = bound.sentence(
      "x", [("payment rows", 3 << 30), ("transfers", 1 << 30)], resident: 5 << 30)
    #expect(
      text.hasPrefix(
        "memory: x: payment rows 3.0 GiB, transfers 1.0 GiB, everything else 1.0 GiB; allow more "
          + "with --memory"))
  }

  @Test("child processes have equal shares, and no more are made than have what each needs")
  func shares() {
    let bound = MemoryBound(
      bytes: 4 << 30, origin: "--memory", limits: MemoryLimits(physical: 64 << 30))
    func use(_ resident: Int) -> MemoryMeter.Use {
      MemoryMeter.Use(addressSpace: 0, resident: resident, data: 0)
    }
    let quarter = bound.shared(by: 4)
    #expect(quarter.excess(use(1 << 30)) == nil)
    #expect(
      quarter.excess(use(2 << 30))
        == "2.0 GiB are in use, and --memory allows 4.0 GiB, 1.0 GiB to each of 4 processes")
    let whole = bound.shared(by: 1)
    #expect(whole.excess(use(4 << 30)) == nil)
    #expect(whole.excess(use(5 << 30)) == "5.0 GiB are in use, and --memory allows 4.0 GiB")
    #expect(bound.processes(8) == 8 && bound.processes(1_000) == 64)
    let least = MemoryBound(bytes: MemoryBound.least, limits: bound.limits)
    #expect(least.processes(8) == 1)
  }

  @Test("a bound that is none is refused, by the name of what gave it")
  func refused() {
    let session = Session.tiny()
    session.fake = FakeRun()
    #expect(
      session("run", "tiny.yaml", "--memory", "4GB").errors.first
        == "settlesim: --memory: expected a size of at least 64MiB, such as 512MiB or 4GiB, found "
        + "`4GB`")
    #expect(session("run", "tiny.yaml", "--memory", "1MiB").code == 64)
    session.environment = ["SETTLESIM_MEMORY": "much"]
    for command in ["run", "compare", "sweep", "bench"] {
      let ended = session(command, "tiny.yaml")
      #expect(ended.code == 64 && ended.errors.first?.contains("SETTLESIM_MEMORY") == true)
    }
    session.environment = ["SETTLESIM_MEMORY": "128MiB"]
    #expect(session("run", "tiny.yaml").code == 0)
  }
}

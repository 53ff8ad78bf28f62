import Foundation
import Testing

@testable import CommandLine

@Suite("The machine")
struct MachineTests {
  @Test("jemalloc counts what malloc hands out: it is the allocator of the process")
  func allocator() throws {
    let size = 64 << 20
    let before = Machine.current.memory()
    let block = try #require(malloc(size))
    memset(block, 1, size)
    let held = Machine.current.memory()
    #expect(held.allocated - before.allocated >= size / 2)
    #expect(held.resident >= size && held.peakResident >= size)
    free(block)
  }

  @Test("system, compiler, libraries and cores are told")
  func versions() {
    let machine = Machine.current
    #expect(machine.operatingSystem.hasPrefix("Linux "))
    #expect(machine.swiftVersion.hasPrefix("6."))
    #expect(machine.libraries.map(\.name) == ["jemalloc", "libcrypto", "libyaml", "zlib"])
    #expect(machine.libraries.allSatisfy { $0.text.first?.isNumber == true })
    #expect((1...4_096).contains(machine.cores))
  }

  @Test("a moment is written in UTC, before 1970 too")
  func moments() {
    #expect(UTCTime(1_772_446_272_345_678_901).iso8601 == "2026-03-02T10:11:12Z")
    #expect(UTCTime(1_772_446_272_345_678_901).stamp == "20260302T101112.345Z")
    #expect(UTCTime(0).stamp == "19700101T000000.000Z")
    #expect(UTCTime(-1_000_000).stamp == "19691231T235959.999Z")
    #expect(UTCTime(951_782_399_000_000_000).iso8601 == "2000-02-28T23:59:59Z")
  }
}

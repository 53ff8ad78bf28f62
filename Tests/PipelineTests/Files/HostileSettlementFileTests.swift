import Scenario
import Testing

@testable import Pipeline

@Suite("Settlement files that lie")
struct HostileSettlementFileTests {
  typealias Samples = SettlementSamples

  private func fault(_ text: String) -> FileFault? {
    let file = SettlementFile(name: "f.csv", format: .csv, bytes: Array(text.utf8))
    guard case .failure(let fault) = Samples.read(file) else { return nil }
    return fault
  }

  @Test(
    "numbers beyond their range are faults",
    arguments: [
      "C,4294967296,4,1299,EUR,3,120", "C,-1,4,1299,EUR,3,120", "C,1,4294967296,1,EUR,3,120",
      "C,1,4,9223372036854775808,EUR,3,120", "C,1,4,1,EUR,256,120", "C,1,4,1,EUR,3,4294967296",
      "C,1,4,,EUR,3,120", "C,1,4,-,EUR,3,120", "C,1,4,+1,EUR,3,120", "C,1,4,1e3,EUR,3,120",
      "C,1,4,1,GBP,3,120", "C,1,4,1,,3,120", "C,1,4,1,EUR,3", "C,1,4,1,EUR,3,120,5",
      "C, 1,4,1,EUR,3,120", "C,1,4,1,EUR,3,120\r",
    ])
  func ranges(line: String) {
    #expect(fault(line + "\nT,EUR,1\nN,1\n")?.line == 1)
  }

  @Test("amounts whose sum leaves 64 bits are a fault, not a crash")
  func overflow() {
    let line = "C,1,1,9223372036854775807,EUR,1,1\n"
    #expect(fault(line + line + "T,EUR,-2\nN,2\n")?.line == 2)
    let refund = "R,1,1,-9223372036854775807,EUR,1,1\n"
    #expect(fault(refund + refund + "T,EUR,2\nN,2\n")?.line == 2)
  }

  @Test("an empty file, and one of nothing but noise, are faults")
  func noise() {
    var numbers = SplitMix(seed: 1)
    for format in AcquirerSettings.FileFormat.allCases {
      for length in 0..<300 {
        let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
        let file = SettlementFile(name: "noise", format: format, bytes: bytes)
        #expect(throws: FileFault.self) { try Samples.read(file).get() }
      }
    }
  }

  @Test("a file in another format is a fault")
  func otherFormat() throws {
    for written in AcquirerSettings.FileFormat.allCases {
      for read in AcquirerSettings.FileFormat.allCases where read != written {
        var file = try #require(Samples.file(Samples.small, written))
        file.format = read
        #expect(throws: FileFault.self) { try Samples.read(file).get() }
      }
    }
  }

  @Test("another reader takes the XML for well-formed", .enabled(if: hasPython))
  func xml() throws {
    var numbers = SplitMix(seed: 2)
    let lines = (0..<100).map { _ in Samples.randomLine(&numbers) }
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      assert root.tag == "settlement"
      lines = root.findall("line")
      assert len(lines) == 100 and root.find("count").get("lines") == "100"
      for total in root.findall("total"):
          own = [x for x in lines if x.get("currency") == total.get("currency")]
          assert sum(int(x.get("amount")) for x in own) == int(total.get("amount"))
      """
    #expect(python(script, input: try #require(Samples.file(lines, .xml)).bytes) == "")
  }

  @Test("another reader takes every JSON line for an object", .enabled(if: hasPython))
  func json() throws {
    var numbers = SplitMix(seed: 3)
    let lines = (0..<100).map { _ in Samples.randomLine(&numbers) }
    let script = """
      import sys, json
      rows = [json.loads(x) for x in sys.stdin.read().splitlines()]
      lines = [x for x in rows if "kind" in x]
      assert len(lines) == 100 and rows[-1]["lines"] == 100
      for total in [x for x in rows if "total" in x]:
          own = [x for x in lines if x["currency"] == total["total"]]
          assert sum(x["amount"] for x in own) == total["amount"]
      """
    #expect(python(script, input: try #require(Samples.file(lines, .json)).bytes) == "")
  }
}

import Foundation
import Money
import PaymentModel
import Scenario

@testable import Pipeline

/// Settlement files for tests.
enum SettlementSamples {
  static let currencies: [Currency] = [.usd, .eur, .jpy]

  static func file(
    _ lines: [SettlementLine], _ format: AcquirerSettings.FileFormat
  ) -> SettlementFile? {
    var writer = SettlementFileWriter(
      format: format, acquirer: "northbank", cell: 2, currencies: currencies)
    for line in lines { writer.add(line) }
    return writer.finish(cycle: 7)
  }

  /// The lines of a file, or what is wrong with it.
  static func read(_ file: SettlementFile) -> Result<[SettlementLine], FileFault> {
    var reader = SettlementFileReader(file, currencies: currencies)
    var lines: [SettlementLine] = []
    do throws(FileFault) {
      _ = try reader.read { lines.append($0) }
      return .success(lines)
    } catch {
      return .failure(error)
    }
  }

  static func randomLine(_ numbers: inout SplitMix) -> SettlementLine {
    let isRefund = numbers.once(in: 4)
    let amount = Int64(numbers.pick(1...1 << 50) >> numbers.pick(0...50)) + 1
    func number() -> UInt32 {
      numbers.once(in: 20) ? .max : UInt32(truncatingIfNeeded: numbers.next() >> numbers.pick32())
    }
    return SettlementLine(
      kind: isRefund ? .refund : .capture, payment: PaymentID(number()), reference: number(),
      amount: isRefund ? -amount : amount, currency: CurrencyIndex(numbers.pick(0...2)),
      issuer: UInt8(numbers.pick(0...255)), merchant: CellMerchant(number()))
  }

  /// Two captures and a refund, in two currencies.
  static let small = [
    SettlementLine(
      kind: .capture, payment: 17, reference: 4, amount: 1_299, currency: 1, issuer: 3,
      merchant: 120),
    SettlementLine(
      kind: .refund, payment: 9, reference: 0, amount: -50, currency: 0, issuer: 0, merchant: 7),
    SettlementLine(
      kind: .capture, payment: 4_000_000_000, reference: 5, amount: 80, currency: 0, issuer: 255,
      merchant: 0),
  ]

  /// Bytes that a corrupted byte may become: digits and signs that numbers are made of, whatever
  /// the formats use, every single flipped bit, and the ends of the range.
  static func corruptions(of byte: UInt8) -> [UInt8] {
    let others = Array("0123456789-+,.CRTNE\"<>{}/ \n\r".utf8) + [0, 0x7f, 0x80, 0xff]
    let flips = (0..<8).map { byte ^ (1 << UInt8($0)) }
    return Array(Set(others + flips)).sorted().filter { $0 != byte }
  }
}

extension SplitMix {
  /// A shift that makes 64 random bits a number of 0 to 32 bits.
  fileprivate mutating func pick32() -> UInt64 { UInt64(pick(32...63)) }
}

/// Whether Python can be started.
let hasPython = python("", input: []) == ""

/// Runs a script with `input` on its standard input; what it wrote to standard error, or nil where
/// there is no Python.
func python(_ script: String, input: [UInt8]) -> String? {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script]
  let (stdin, stderr) = (Pipe(), Pipe())
  process.standardInput = stdin
  process.standardError = stderr
  process.standardOutput = FileHandle.nullDevice
  do { try process.run() } catch { return nil }
  // Small enough for the pipe, so that this cannot wait for ever.
  try? stdin.fileHandleForWriting.write(contentsOf: Data(input.prefix(60_000)))
  try? stdin.fileHandleForWriting.close()
  let problem = String(decoding: stderr.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return process.terminationStatus == 0 ? problem : "exit \(process.terminationStatus): \(problem)"
}

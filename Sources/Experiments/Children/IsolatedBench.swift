import Glibc

/// Scenarios of `bench`, each run by a child process.
public enum IsolatedBench {
  /// Why a scenario has no comparison.
  public enum Trouble: Error {
    /// Its process died.
    case died(ChildDeath)
    /// Something else, which ends the command with this code and these lines.
    case failed(code: Int32, lines: [String])
  }

  /// Carries `body` out for the numbers `0..<count`, one after the other. One whose process dies
  /// does not keep the others back; one that fails does.
  ///
  /// - `process`: this process.
  /// - `body`: called in a child.
  /// - Returns: what became of the numbers that were reached, in their order.
  public static func run(
    count: Int, process: ForkingProcess,
    body: @escaping (Int) -> Result<ResultBench, Trouble>
  ) -> [Result<ResultBench, Trouble>] {
    var ends: [Result<ResultBench, Trouble>] = []
    ChildProcesses(
      processes: 1, count: count, process: process,
      work: { index, _ in pack(body(index)) },
      receive: { index, message in
        switch message {
        case .news: return count - 1
        case .death(let death):
          ends.append(.failure(.died(death)))
          return count - 1
        case .result(let bytes):
          let end = unpack(bytes)
          ends.append(end)
          if case .failure = end { return index }
          return count - 1
        }
      }
    ).run()
    return ends
  }

  private static func pack(_ end: Result<ResultBench, Trouble>) -> [UInt8] {
    var packer = Packer()
    switch end {
    case .success(let bench):
      packer.add(true)
      bench.pack(into: &packer)
    case .failure(.failed(let code, let lines)):
      packer.add(false)
      packer.add(Int(code))
      packer.add(lines) { $0.add($1) }
    case .failure(.died(let death)):
      packer.add(false)
      packer.add(1)
      packer.add(death.lines) { $0.add($1) }
    }
    return packer.bytes
  }

  private static func unpack(_ bytes: [UInt8]) -> Result<ResultBench, Trouble> {
    var unpacker = Unpacker(bytes)
    if unpacker.flag() { return .success(ResultBench(from: &unpacker)) }
    let code = Int32(unpacker.number())
    return .failure(.failed(code: code, lines: unpacker.list { $0.text() }))
  }
}

extension ResultBench {
  init(from bytes: inout Unpacker) {
    scenario = bytes.text()
    outcome = Outcome(rawValue: bytes.text())!
    baselineDigest = bytes.optionalText()
    digest = bytes.text()
    eventCount = bytes.number()
    differences = bytes.list { bytes in
      FigureDifference(
        bytes.text(), unit: SheetUnit(from: &bytes), baseline: FigureValue.optional(&bytes),
        now: FigureValue.optional(&bytes))
    }
    notes = bytes.list { $0.text() }
  }

  func pack(into bytes: inout Packer) {
    bytes.add(scenario)
    bytes.add(outcome.rawValue)
    bytes.add(baselineDigest)
    bytes.add(digest)
    bytes.add(eventCount)
    bytes.add(differences) { bytes, difference in
      bytes.add(difference.name)
      difference.unit.pack(into: &bytes)
      FigureValue.pack(difference.baseline, into: &bytes)
      FigureValue.pack(difference.now, into: &bytes)
    }
    bytes.add(notes) { $0.add($1) }
  }
}

extension SheetUnit {
  fileprivate init(from bytes: inout Unpacker) {
    switch bytes.number() {
    case 0: self = .plain
    case 1: self = .nanoseconds
    case 2: self = .money(currency: bytes.text(), decimals: bytes.number())
    default: self = .amount(currency: bytes.text())
    }
  }

  fileprivate func pack(into bytes: inout Packer) {
    switch self {
    case .plain: bytes.add(0)
    case .nanoseconds: bytes.add(1)
    case .money(let currency, let decimals):
      bytes.add(2)
      bytes.add(currency)
      bytes.add(decimals)
    case .amount(let currency):
      bytes.add(3)
      bytes.add(currency)
    }
  }
}

extension FigureValue {
  fileprivate static func optional(_ bytes: inout Unpacker) -> FigureValue? {
    switch bytes.number() {
    case 0: nil
    case 1: .integer(Int64(bytes.number()))
    case 2: .decimal(bytes.double())
    case 3: .boolean(bytes.flag())
    default: .text(bytes.text())
    }
  }

  fileprivate static func pack(_ value: FigureValue?, into bytes: inout Packer) {
    switch value {
    case nil: bytes.add(0)
    case .integer(let value):
      bytes.add(1)
      bytes.add(Int(value))
    case .decimal(let value):
      bytes.add(2)
      bytes.add(value)
    case .boolean(let value):
      bytes.add(3)
      bytes.add(value)
    case .text(let value):
      bytes.add(4)
      bytes.add(value)
    }
  }
}

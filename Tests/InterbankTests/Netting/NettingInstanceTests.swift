import Interbank
import Testing

@Suite("Random networks of obligations")
struct NettingInstanceTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var participants: Int
    var obligations: Int
    var bilateral: ClosedRange<Double>
    var multilateral: ClosedRange<Double>
    var cleared: ClosedRange<Double>
    var withLiquidity: ClosedRange<Double>
    var testDescription: String { "\(participants) participants, \(obligations) obligations" }
  }

  /// Shares of the gross value around those measured with Zipf participants, log-normal amounts and
  /// liquidity of 5 %.
  static let rows = [
    Row(
      participants: 8, obligations: 1_000, bilateral: 0.70...0.83, multilateral: 0.85...0.94,
      cleared: 0.84...0.94, withLiquidity: 0.87...0.97),
    Row(
      participants: 50, obligations: 1_000, bilateral: 0.27...0.37, multilateral: 0.73...0.82,
      cleared: 0.67...0.77, withLiquidity: 0.74...0.83),
    Row(
      participants: 200, obligations: 5_000, bilateral: 0.21...0.31, multilateral: 0.77...0.84,
      cleared: 0.72...0.80, withLiquidity: 0.78...0.86),
    Row(
      participants: 1_000, obligations: 20_000, bilateral: 0.14...0.22, multilateral: 0.78...0.84,
      cleared: 0.71...0.78, withLiquidity: 0.77...0.84),
  ]

  @Test("netting and clearing save what such networks are known to save", arguments: rows)
  func efficiency(row: Row) {
    let count = row.participants
    let seeds: ClosedRange<UInt64> = count > 500 ? 1...1 : 1...10
    let instances = seeds.map {
      NettingInstance.seeded(seed: $0, participants: count, obligations: row.obligations)
    }
    func mean(_ share: (NettingInstance) -> Double) -> Double {
      instances.reduce(0) { $0 + share($1) } / Double(instances.count)
    }
    func cleared(perThousand liquidity: Int64) -> Double {
      mean { instance in
        let clearing = MaximumCirculation.clear(
          obligations: instance.obligations, participants: count,
          liquidity: instance.liquidity(perThousand: liquidity))
        return Double(clearing.totalCleared) / Double(NetPositions.gross(instance.obligations))
      }
    }
    let bilateral = mean {
      NetPositions.bilateralEfficiency($0.obligations, participants: count)
    }
    let multilateral = mean {
      NetPositions.multilateralEfficiency($0.obligations, participants: count)
    }
    #expect(row.bilateral ~= bilateral)
    #expect(row.multilateral ~= multilateral)
    #expect(row.cleared ~= cleared(perThousand: 0))
    #expect(row.withLiquidity ~= cleared(perThousand: 50))
  }

  @Test("a seed gives the same network every time, and a longer one begins with it")
  func isRepeatable() {
    let instance = NettingInstance.seeded(seed: 7, participants: 10, obligations: 100)
    let again = NettingInstance.seeded(seed: 7, participants: 10, obligations: 100)
    let other = NettingInstance.seeded(seed: 8, participants: 10, obligations: 100)
    #expect(instance.obligations == again.obligations)
    #expect(instance.obligations != other.obligations)
    let longer = NettingInstance.seeded(seed: 7, participants: 10, obligations: 150)
    #expect(instance.obligations.count == 100)
    #expect(instance.obligations == Array(longer.obligations.prefix(100)))
  }
}

import Money
import Testing

@Suite("Fees")
struct FeeScheduleTests {
  /// From Python's `decimal` with ROUND_HALF_EVEN: millionths, fixed part, amount, fee.
  @Test(
    "fees agree with Python's decimal",
    arguments: [
      (1, 0, 8_095_278, 8), (29_000, 25, 34_358_094_491_509_603, 996_384_740_253_803),
      (1, 25, 7_060_109, 32), (2_000, 25, 1_153_871, 2_333), (12_345, 25, 872, 36),
      (29_000, 0, 70, 2), (29_000, 0, 76_525_684_459_616_202, 2_219_244_849_328_870),
      (29_000, 25, 2_322_106, 67_366), (12_345, 0, 707, 9), (1, 0, 932, 0),
      (999_999, 30, 9_694_709_625_900_280, 9_694_699_931_190_684),
      (2_500, 30, 65_297_260_002_700_792, 163_243_150_006_782),
      (10_000, 0, 50, 0), (10_000, 0, 150, 2), (10_000, 0, 250, 2), (10_000, 0, 350, 4),
    ])
  func golden(partsPerMillion: Int64, fixed: Int64, amount: Int64, fee: Int64) {
    let schedule = FeeSchedule(
      rate: Double(partsPerMillion) / 1e6, fixed: MoneyAmount(minorUnits: fixed, currency: .usd))
    #expect(schedule.partsPerMillion == partsPerMillion)
    #expect(
      schedule.fee(on: MoneyAmount(minorUnits: amount, currency: .usd))
        == MoneyAmount(minorUnits: fee, currency: .usd))
  }

  @Test("fees of a day differ from the fee of the sum by at most half a unit each")
  func additivity() {
    let schedule = FeeSchedule(rate: 0.029, fixed: .zero(.jpy))
    for seed in 0..<100 {
      var numbers = SplitMix(seed: seed)
      var total = MoneyAmount.zero(.jpy)
      var fees: Int64 = 0
      for _ in 0..<40 {
        let units = Int64.random(in: 0..<1_000_000, using: &numbers)
        let amount = MoneyAmount(minorUnits: units, currency: .jpy)
        total += amount
        fees += schedule.fee(on: amount).minorUnits
      }
      #expect(abs(fees - schedule.fee(on: total).minorUnits) <= 21, "seed \(seed)")
    }
  }

  @Test("a fee on a negative amount stops the program")
  func negative() async {
    await #expect(processExitsWith: .failure) {
      let schedule = FeeSchedule(rate: 0.029, fixed: .zero(.usd))
      _ = schedule.fee(on: MoneyAmount(minorUnits: -1, currency: .usd))
    }
  }
}

import Money
import Scenario
import Testing

@testable import Rails

/// The UTC second at which a clock that is `offset` hours ahead of UTC shows a local time.
func utcSecond(_ date: String, _ time: String, offset hours: Int) -> Int64 {
  Int64(CivilDate(date)!.dayNumber) * 86_400 + Int64(TimeOfDay(time)!.secondsSinceMidnight)
    - Int64(hours) * 3_600
}

/// A rail of the reference table.
func reference(_ name: String) throws -> RailSettings {
  try #require(RailSettings.reference.first { $0.name == name })
}

/// The settings of a scenario's text, as it is loaded.
func settings(_ text: String) throws -> ScenarioSettings {
  try LoadedScenario.load(Array(text.utf8), file: "s.yaml").settings
}

/// SplitMix64 (Steele, Lea, Flood 2014): the tests' own source of repeatable numbers.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of the range.
  mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

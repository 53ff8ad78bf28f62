@testable import Scenario

extension ScenarioGenerator {
  /// Entries of the schedule, each with the keys that its action takes: what keys mean together is
  /// seldom drawn one by one.
  mutating func setSchedule(_ tree: inout ScenarioTree, _ hours: Int) {
    let schedule = [NodePath.Step.key("interbank"), .key("schedule")]
    guard tree.value(at: schedule) != nil || random.chance(0.15) else { return }
    if tree.root["interbank"] == nil { tree.set(.object([]), at: [.key("interbank")]) }
    let entries = (0..<random.whole(1...4)).map { _ in scheduled(hours) }
    tree.set(.array(entries), at: schedule)
  }

  private mutating func scheduled(_ hours: Int) -> SchemaJSON {
    let action = random.pick(ScheduledAction.Action.allCases)
    var keys: [String]
    switch action {
    case .prioritise: keys = ["bank", "priority", "counterparty", "currency", "minimum"]
    case .cancel, .resubmit: keys = ["bank", "counterparty", "currency", "minimum"]
    case .addLiquidity, .withdrawLiquidity, .netDebitCap, .collateral: keys = ["bank", "amount"]
    case .bilateralLimit: keys = ["bank", "amount", "counterparty"]
    case .arrivalRate: keys = ["factor"]
    }
    let optional = ["counterparty", "currency", "minimum"]
    keys.removeAll { optional.contains($0) && random.chance(0.6) }
    let members = keys.map { key in
      let path = ["interbank", "schedule", "[]", key]
      let leaf = DeclaredSchema.leaves.first { $0.keys == path }!
      return SchemaJSON.Member(key, value(leaf.schema, path))
    }
    return .object(
      [.init("at", instant(hours)), .init("action", .string(action.rawValue))] + members)
  }

  /// An instant within the first hours of a run.
  private mutating func instant(_ hours: Int) -> SchemaJSON {
    let hour = random.whole(0...hours - 1)
    let clock = "\(hour % 24 < 10 ? "0" : "")\(hour % 24):\(random.pick(["00", "30", "59"]))"
    switch random.whole(0...3) {
    case 0: return .string("\(hour * 60 + random.whole(0...59))min")
    case 1: return .string(clock)
    case 2: return .map([.init("time", .string(clock)), .init("day", .integer(hour / 24 + 1))])
    default:
      return .map([
        .init("time", .string(clock)), .init("zone", .string(random.pick(Vocabulary.zones))),
        .init("day", .integer(hour / 24 + 1)),
      ])
    }
  }
}

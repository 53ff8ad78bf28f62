@testable import Scenario

extension ScenarioGenerator {
  /// Entries of the schedule, each with the keys that its action takes: what keys mean together is
  /// seldom drawn one by one.
  mutating func setSchedule(_ tree: inout ScenarioTree, _ hours: Int) {
    let schedule = [NodePath.Step.key("interbank"), .key("schedule")]
    guard tree.value(at: schedule) != nil || random.chance(0.15) else { return }
    if tree.root["interbank"] == nil { tree.set(.object([]), at: [.key("interbank")]) }
    let transfers = [NodePath.Step.key("workload"), .key("transfers")]
    let isRecorded = tree.value(at: transfers + [.key("trace")]) != nil
    let drawn = tree.value(at: transfers + [.key("payments")])?.line ?? "0"
    let actions = ScheduledAction.Action.allCases.filter { $0 != .arrivalRate || drawn != "0" }
    let entries = (0..<random.whole(1...4)).map { _ in
      scheduled(random.pick(actions), hours, isRecorded)
    }
    tree.set(.array(entries), at: schedule)
  }

  /// - Parameter isRecorded: whether there are payments that an entry may name by their id.
  private mutating func scheduled(
    _ action: ScheduledAction.Action, _ hours: Int, _ isRecorded: Bool
  ) -> SchemaJSON {
    var keys: [String]
    switch action {
    case .prioritise: keys = ["bank", "priority", "counterparty", "currency", "minimum"]
    case .cancel, .resubmit: keys = ["bank", "counterparty", "currency", "minimum"]
    case .addLiquidity, .withdrawLiquidity, .netDebitCap, .collateral: keys = ["bank", "amount"]
    case .bilateralLimit: keys = ["bank", "amount", "counterparty"]
    case .arrivalRate: keys = ["factor"]
    }
    if isRecorded, let bank = keys.firstIndex(of: "bank"), keys.contains("minimum"),
      random.chance(0.5)
    {
      keys[bank] = "payment"
      keys.removeAll { !["payment", "priority"].contains($0) }
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

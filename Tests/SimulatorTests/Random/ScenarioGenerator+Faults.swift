import Faults

@testable import Scenario

extension ScenarioGenerator {
  /// Faults of every kind, each on a station that there is and at a time at which payments come:
  /// what the keys mean together is seldom drawn one by one.
  mutating func setFaults(_ tree: inout ScenarioTree, _ hours: Int) {
    tree.remove(at: [.key("faults")])
    guard random.chance(0.3) else { return }
    var acquirers = ["account-transfer"]
    if case .array(let given)? = tree.root["acquirers"] {
      acquirers += given.compactMap { $0["name"]?.line }
    } else {
      acquirers += ["northbank", "southpay"]
    }
    let entries = (0..<random.whole(1...3)).map { fault($0, hours, acquirers) }
    tree.set(.array(entries), at: [.key("faults")])
  }

  private mutating func fault(
    _ number: Int, _ hours: Int, _ acquirers: [String]
  ) -> SchemaJSON {
    let kind = random.pick(FaultKind.all)
    var members: [SchemaJSON.Member] = [
      .init("id", .string("fault-\(number)")), .init("kind", .string(kind.name)),
    ]
    if kind.station == .acquirer {
      members.append(.init("target", .string(random.pick(acquirers))))
    } else if random.chance(0.5) {
      members.append(.init("target", .string("cell-0")))
    }
    members.append(contentsOf: faultTimes(hours))
    if random.chance(0.3) {
      members.append(.init("share", .decimal(Double(random.whole(1...9)) / 10)))
    }
    if kind.takesFactor {
      members.append(.init("factor", .decimal(random.magnitude(1...1_000))))
    }
    return .object(members)
  }

  private mutating func faultTimes(_ hours: Int) -> [SchemaJSON.Member] {
    let length = random.pick(["1ns", "90s", "10min", "59min"])
    let begin: SchemaJSON.Member =
      switch random.whole(0...3) {
      case 0: .init("every", .string("\(60 + random.whole(0...600))min"))
      case 1: .init("rate", .string(random.pick(["1/h", "20/d", "1/min"])))
      // At night of the second day it is within the first two days everywhere.
      case 2 where hours == 48:
        .init(
          "at",
          .map([
            .init("time", .string("0\(random.whole(0...5)):30")),
            .init("zone", .string(random.pick(Vocabulary.zones))), .init("day", .integer(2)),
          ]))
      default: .init("at", .string("\(random.whole(0...hours * 60 - 1))min"))
      }
    return [begin, .init("for", .string(length))]
  }
}

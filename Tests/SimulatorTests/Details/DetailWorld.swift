@testable import Simulator

/// Worlds whose results have details.
enum DetailWorld {
  static let details = "results.details=true"

  /// Cards in two regions and transfers between six banks, with refunds, returns and credit.
  static let both = """
    name: both
    time: {date: "2026-03-02", duration: 14h}
    cells: {per_region: 1}
    merchants: {count: 20}
    banks: {correspondents: 6, opening_balance: "60000 USD", overdraft_limit: "9000000 USD"}
    interbank: {collateral: "50000 USD"}
    workload:
      generated: {payments: 300}
      transfers: {payments: 250, originators: 6, counterparties: 6, return_share: 0.05}
    """

  /// A shipped scenario.
  static func shipped(_ name: String, _ settings: [String] = []) throws -> SmallWorld {
    var world = SmallWorld(settings + [details])
    world.file = TraceFiles.root + "/Scenarios/\(name).yaml"
    world.scenario = String(decoding: try TraceReplay.read(world.file), as: UTF8.self)
    return world
  }

  static func mixed(_ settings: [String] = [details]) -> SmallWorld {
    var world = SmallWorld(settings)
    world.scenario = both
    world.file = "both.yaml"
    return world
  }
}

extension RunOutcome {
  /// Rows of a table among the files, by column.
  func table(_ name: String) -> [[String: String]] {
    let lines = (file("\(name).csv") ?? "").split(separator: "\n")
    guard let first = lines.first else { return [] }
    let columns = first.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(columns, fields))
    }
  }
}

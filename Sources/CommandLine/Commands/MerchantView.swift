import Measurement
import Pipeline

/// How a merchant stood at a time, by what was told of its payments until then.
struct MerchantView {
  /// The latest entries before that time.
  private(set) var entries: [StoryEntry] = []
  /// Payments by state, and what the platform owed it, a sentence each.
  private(set) var remarks: [String] = []

  private static let shown = 20

  init(_ name: String, _ stories: [StoryKey: [StoryEntry]], at time: Int64) {
    var states: [String: Int] = [:]
    var refused = 0
    var all: [StoryEntry] = []
    for key in stories.keys.sorted() {
      let told = stories[key]!.filter { $0.time <= time }
      if case .request = key {
        refused += 1
      } else if let state = told.last(where: { $0.state != nil })?.state {
        states[state, default: 0] += 1
      }
      all += told
    }
    // What belongs to a batch is told of each of its payments.
    var distinct: [StoryEntry] = []
    let ordered = all.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    var start = 0
    for (_, entry) in ordered {
      while start < distinct.count, distinct[start].time < entry.time { start += 1 }
      if entry.posting?.isShared == true || entry.kind != .ledger,
        distinct[start...].contains(entry)
      {
        continue
      }
      distinct.append(entry)
    }
    let counts = states.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    remarks.append(
      counts.isEmpty
        ? "No payment of \(name) had been accepted."
        : "Payments of \(name) by state: \(counts.joined(separator: ", ")).")
    if refused > 0 { remarks.append("Keys of which no request was accepted: \(refused).") }
    for (currency, balance) in Self.balances(of: "payable:\(name)", in: distinct) {
      remarks.append("The platform owes it \(balance) minor units of \(currency), by the ledger.")
    }
    entries = Array(distinct.suffix(Self.shown))
    if distinct.count > entries.count {
      remarks.append("The last \(Self.shown) of \(distinct.count) entries:")
    }
  }

  /// Posted credits less debits of an account by currency; what is held only is not posted.
  private static func balances(
    of account: String, in entries: [StoryEntry]
  ) -> [(currency: String, balance: Int64)] {
    var balances: [String: Int64] = [:]
    for posting in entries.lazy.compactMap(\.posting)
    where posting.kind != "hold" && posting.kind != "release" {
      if posting.credit == account { balances[posting.currency, default: 0] += posting.amount }
      if posting.debit == account { balances[posting.currency, default: 0] -= posting.amount }
    }
    return balances.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

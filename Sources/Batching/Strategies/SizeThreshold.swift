import Declared
import PaymentModel
import Scenario

/// The payments to a bank are settled as soon as there are enough of them, and in any case at the
/// end of each window.
public struct SizeThreshold: SequencePriced, WindowedStrategy {
  /// `size_threshold`.
  public static let name = "size_threshold"
  /// One line for people.
  public static let summary =
    "A settlement per route whenever enough payments to a bank wait, or a window ends"
  /// A page for people.
  public static let explanation = """
    Payments wait until there are `payments` of them, refunds included, for one payee bank (and \
    one currency paid out, where windows end apart for currencies); then these are settled, apart \
    for each payer and pair of currencies. What waits at the end of a \
    window is settled then.

    Busy banks are paid every few minutes in batches that are worth a wire, small banks no later \
    than at the end of the window. Each wire has at most `payments` payments, and the \
    consolidation \
    discount from `costs.discount_minimum` on; a higher threshold saves wires and pays later. \
    Refunds are set off within a batch only.

    \(WindowParameters.explanation)

    Parameters: `payments`, \(WindowParameters.names).

    The count-triggered batch of message brokers and payment processors. Where a batch ends \
    depends on the order of payments: beside another strategy's run its price follows them one by \
    one as they come about.
    """
  /// `payments`, and those of windows.
  public static let parameters =
    [paymentsParameter] + WindowParameters.all(default: defaultWindow)

  private static let paymentsParameter = ParameterDeclaration(
    name: "payments", kind: .integer(1...1_000_000), defaultValue: .integer(100),
    description: "Payments to one bank that are settled as soon as so many wait")
  private static let defaultWindow = Duration.seconds(86_400)

  /// Payments to one bank that are settled as soon as so many wait.
  public let payments: Int
  var cycle: SettlementCycle

  /// What is settled together: a route's part of one release.
  private struct Key: Hashable, Comparable {
    var period: Int64
    /// Which release of the payee's within the window, from 0.
    var release: Int
    var route: SettlementRoute

    static func < (first: Key, second: Key) -> Bool {
      if first.period != second.period { return first.period < second.period }
      if first.route.payee != second.route.payee { return first.route.payee < second.route.payee }
      if first.release != second.release { return first.release < second.release }
      return first.route < second.route
    }
  }

  private struct Payee: Hashable {
    var period: Int64
    var key: WaitingKey
  }

  /// The strategy; an error names a parameter that does not fit.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    payments = try Self.paymentsParameter.integer(in: parameters)
    cycle = try WindowParameters.cycle(default: Self.defaultWindow, in: parameters)
  }

  /// As soon as enough payments to a bank wait, or at the end of each window.
  public var release: Release { .atCount(payments, within: cycle) }

  /// The number of the window in which an obligation came about.
  public func period(of obligation: Obligation) -> Int64 { cycle.number(of: obligation) }

  /// The payee's bank, and the currency where windows end apart.
  public func waitingKey(of obligation: Obligation) -> WaitingKey {
    WaitingKey(
      payee: obligation.route.payee, lane: cycle.lane(of: obligation.route.destination))
  }

  /// The settlements of each release, ascending by window, payee bank, release and route, so that
  /// planning all at once gives what planning each release by itself does.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan {
    var settlements = Partition<Key>()
    var waiting: [Payee: Int] = [:]
    for obligation in pending {
      let period = cycle.number(of: obligation)
      let payee = Payee(period: period, key: waitingKey(of: obligation))
      let count = waiting[payee, default: 0]
      waiting[payee] = count + 1
      settlements.append(Key(period: period, release: count / payments, route: obligation.route))
    }
    var batches: [PlannedBatch] = []
    for (key, members) in settlements.sorted() {
      PlannedBatch(
        payer: key.route.payer, payee: key.route.payee, currency: key.route.destination,
        members: [], cycle: key.period
      ).append(members, to: &batches, maximumBatch: world.maximumBatch)
    }
    return SettlementPlan(batches: batches)
  }
}

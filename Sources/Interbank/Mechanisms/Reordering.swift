import Declared
import Scenario

/// A batch of payments settles gross in another order.
public struct Reordering: LiquiditySavingMechanism {
  /// `reordering`.
  public static let name = "reordering"
  /// One line for people.
  public static let summary =
    "Payments are collected into batches, which settle gross in the order of least liquidity"
  /// A page for people.
  public static let explanation = """
    A payment that is not urgent does not settle when it comes in, but waits until as many as batch
    have come in, or until the next multiple of every, or the close. Then the payments of the batch
    settle one by one, each by itself, in an order in which participants have to use little
    liquidity beyond what they have used that day: what a payment brings in pays for the next.
    A payment that lacks cover then waits as without batches.

    Under a strict queue order a payer's payments keep theirs, and only those of different payers
    change places; under fifo_bypass any do.

    The order is searched for with trials moves of single payments, from the better of the order of
    arrival and a greedy one, by threshold accepting; it is a function of the batch and of what
    participants have, and never worse than the order of arrival. (McMahon et al., Management
    Science 70(10), 2024, with batches of 70 on the payments of Canada's system; Banca d'Italia,
    Markets, Infrastructures, Payment Systems 78, 2026, with up to 700 of TARGET2.)

    Delay is the price: with few payments an hour a batch takes long to fill.

    Settlements count as reordering.
    """
  /// See `explanation`.
  public static let parameters = [batchParameter, trialsParameter]

  private static let batchParameter = ParameterDeclaration(
    name: "batch", kind: .integer(70...700), defaultValue: .integer(70),
    description: "Payments of a batch")
  private static let trialsParameter = ParameterDeclaration(
    name: "trials", kind: .integer(0...1_000_000), defaultValue: .integer(4_000),
    description: "Moves of single payments that the search for an order tries")

  private let batch: Int
  private let trials: Int

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    batch = try Self.batchParameter.integer(in: parameters)
    trials = try Self.trialsParameter.integer(in: parameters)
  }

  /// Yes.
  public var collects: Bool { true }

  /// Settles the batch if the payment has filled it.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) -> Bool {
    guard state.batchCount >= batch else { return false }
    state.settleBatch(trials: trials)
    return true
  }

  /// Settles what has been collected.
  public func run(in state: inout SettlementState) { state.settleBatch(trials: trials) }
}

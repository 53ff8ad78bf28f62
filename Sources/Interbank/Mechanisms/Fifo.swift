import Declared
import Scenario

/// What can settle by itself does.
public struct Fifo: LiquiditySavingMechanism {
  /// `fifo`.
  public static let name = "fifo"
  /// One line for people.
  public static let summary =
    "Waiting payments settle by themselves, each payer's in order, until no more can"
  /// A page for people.
  public static let explanation = """
    Every payer's waiting payments are tried in the order of its queue, each by itself, as long as
    there is cover; what a payee receives is tried next, until nothing moves.

    A queue is tried whenever money comes in, also without this mechanism, but after all mechanisms
    of the same time. Between two others it lets what the first brought in be spent before the
    second searches: bilateral, fifo, gridlock_resolution.

    Settlements count as queue.
    """
  /// None.
  public static let parameters: [ParameterDeclaration] = []

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {}

  /// Settles what has become able to.
  public func run(in state: inout SettlementState) { state.settleQueuesOfAffected() }
}

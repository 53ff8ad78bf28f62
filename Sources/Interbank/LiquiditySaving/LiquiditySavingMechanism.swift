import Declared
import Scenario

/// A way in which waiting payments are settled that no payer could settle by itself.
///
/// A new mechanism is one file in `Mechanisms` with a type that conforms to this protocol, and one
/// line in `LiquiditySavingRegistry.all`. Like a mode it is a value without memory.
public protocol LiquiditySavingMechanism: FamilyMember {
  /// Whether payments settle before others that the queue's order puts first.
  var passesOrder: Bool { get }
  /// Whether payments settle in part.
  var netsInParts: Bool { get }
  /// Whether payments are collected before they may settle by themselves.
  var collects: Bool { get }

  /// A payment that has just come in cannot settle by itself and waits.
  /// - Returns: whether it has settled.
  func accept(_ payment: InterbankPayment, in state: inout SettlementState) -> Bool
  /// Its time has come: settles waiting payments.
  func run(in state: inout SettlementState)
}

extension LiquiditySavingMechanism {
  /// No.
  public var passesOrder: Bool { false }
  /// No.
  public var netsInParts: Bool { false }
  /// No.
  public var collects: Bool { false }
  /// Leaves the payment to its next time.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) -> Bool {
    false
  }
}

/// All liquidity-saving mechanisms; a new one is one more line here.
public enum LiquiditySavingRegistry {
  /// The mechanisms in the order in which they are listed.
  public static let all: [any LiquiditySavingMechanism.Type] = [
    Fifo.self,
    SingleOffset.self,
    OneToManyOffset.self,
    ManyToManyOffset.self,
    GridlockResolution.self,
    WholePayments.self,
    CirculationInParts.self,
    Reordering.self,
  ]

  /// The mechanisms as a family, of which one is chosen by its name.
  public static let family = Family<any LiquiditySavingMechanism>("a mechanism", all)

  /// The mechanisms as entries of a list see them: with the time between two runs.
  public static var declarations: [StrategyDeclaration] {
    family.declarations().map { mechanism in
      var entry = mechanism
      entry.parameters.insert(LiquiditySaving.every, at: 0)
      return entry
    }
  }
}

/// A kind of fault: which station it befalls, and what it makes of the station's conditions.
///
/// Faults that hold at the same time are applied one after the other, so that the way in which each
/// changes the conditions is also the rule by which they combine.
public struct FaultKind: Sendable {
  /// What a fault befalls.
  public enum Station: String, Sendable, CaseIterable {
    /// An acquirer, or the scheme of account-to-account payments, in all cells.
    case acquirer
    /// The token vault of a cell, or of all.
    case tokenVault = "token vault"
    /// The fraud service of a cell, or of all.
    case fraudService = "fraud service"
  }

  /// As in scenarios: `acquirer_down`.
  public let name: String
  /// One line for people, without a full stop at its end.
  public let summary: String
  /// What it befalls.
  public let station: Station
  /// Whether the scenario says by how much.
  public let takesFactor: Bool
  private let change: @Sendable (inout Conditions, Double) -> Void

  init(
    _ name: String, _ station: Station, takesFactor: Bool = false, _ summary: String,
    change: @escaping @Sendable (inout Conditions, Double) -> Void
  ) {
    self.name = name
    self.station = station
    self.takesFactor = takesFactor
    self.summary = summary
    self.change = change
  }

  /// Changes the conditions of a call that the fault concerns.
  ///
  /// - Parameters:
  ///   - conditions: as the faults before it have left them.
  ///   - factor: by how much, where the kind takes it.
  public func apply(to conditions: inout Conditions, factor: Double) {
    change(&conditions, factor)
  }

  /// What a call finds of which no other fault takes hold.
  public var alone: Conditions {
    var conditions = Conditions()
    change(&conditions, 1)
    return conditions
  }

  /// Every kind, in the order of a payment's way.
  public static let all: [FaultKind] = [
    tokenVaultDown, tokenVaultSlow, fraudServiceDown, fraudServiceSlow,
    acquirerDown, acquirerSlow, acquirerLostReply, acquirerDeclining,
  ]

  /// The kind of that name.
  public static func named(_ name: String) -> FaultKind? { all.first { $0.name == name } }
}

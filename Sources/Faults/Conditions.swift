/// What a station is like for one call, as the faults make it that hold at that instant. Without a
/// fault: up, as fast as ever, and honest.
public struct Conditions: Sendable, Equatable {
  /// Whether the station cannot be reached.
  public var isDown = false
  /// By how much it is slower.
  public var latencyFactor = 1.0
  /// Whether an approval is never answered.
  public var losesReply = false
  /// Whether it refuses what it would have approved.
  public var declines = false

  /// Nothing is wrong.
  public init() {}
}

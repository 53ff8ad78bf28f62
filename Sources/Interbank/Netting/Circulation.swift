/// What a clearing of obligations settles, and the liquidity that it takes.
public struct Circulation: Sendable, Hashable {
  /// What is cleared of each obligation, in its order: minor units, 0...its amount.
  public var cleared: [Int64]
  /// What each participant puts in of its own: minor units, 0...its liquidity.
  public var liquidityUsed: [Int64]
  /// What each participant has received beyond what it paid and put in. A participant that puts
  /// anything in receives nothing here.
  public var received: [Int128]
  /// The sum of `cleared`.
  public var totalCleared: Int128

  /// The sum of `liquidityUsed`, which is that of `received`.
  public var totalLiquidityUsed: Int128 { liquidityUsed.reduce(0) { $0 + Int128($1) } }

  /// What the clearing changes on each participant's account, `received` less `liquidityUsed`. The
  /// changes sum to zero.
  public var positions: [Int128] { zip(received, liquidityUsed).map { $0 - Int128($1) } }
}

/// Whole payments of pairs and of short cycles of participants: what the optimisation of T2 does in
/// its simplest form, and SimCash in the same way.
///
/// In turn, until nothing more settles: every payment between two participants at one moment, the
/// pair first that offsets most; each payment that can settle by itself, in order; everything that
/// three, and then four, participants owe each other in a circle, the circle of most value first.
/// Of a circle all settles or nothing; of a pair too, unless a part is searched for.
public enum PairAndCycleOffset {
  /// Rounds at most; each but the last settles something.
  static let maximumRounds = 8
  /// Times that all pairs are gone through in one round, at most.
  static let maximumSweeps = 3
  /// Circles that are looked at in one round, at most.
  static let maximumCycles = 20_000

  /// The payments that settle so, with nothing gone before.
  ///
  /// - Parameters:
  ///   - queue: payments in order.
  ///   - available: what each participant may still pay, in minor units, as in `BechSoramaki`.
  ///   - limits: multilateral and bilateral limits to keep.
  ///   - nodesPerPair: of the search for the part of most value of a pair that cannot settle whole;
  ///     zero: all of it or nothing.
  /// - Returns: positions in `queue`, ascending; at one moment they are covered too.
  /// - Complexity: O(payments + pairs log pairs + circles log circles), circles being bounded.
  public static func settleable(
    queue: [NettablePayment], available: [Int64], limits: SettlementLimits? = nil,
    nodesPerPair: Int = 0
  ) -> [Int] {
    var pass = OffsetPass(queue: queue, available: available, limits: limits)
    var rounds = 0
    var moved = true
    while moved, rounds < maximumRounds {
      rounds += 1
      moved = false
      for _ in 0..<maximumSweeps {
        guard pass.settlePairs(nodes: nodesPerPair) else { break }
        moved = true
      }
      moved = pass.settleSingles() || moved
      moved = pass.settleCycles(of: 3) || moved
      moved = pass.settleCycles(of: 4) || moved
    }
    return pass.set.positions
  }
}

/// The state of such a search: what has settled, and what each pair has left.
private struct OffsetPass {
  /// Cells that settle whole and together, or not.
  private struct Group {
    /// By which the groups of a round are ordered.
    var value: Int128
    var cells: [Int]
  }
  var set: SimultaneousSettlement
  /// The cells of ordered pairs, payer before payee.
  private let pairs: PairSums
  /// Payments by cell, in order.
  private var positions: [[Int]]
  /// What of each cell has not settled.
  private var left: [Int128]
  /// Number of the last settlement.
  private var settlement = 0
  /// The last settlement that a participant took part in.
  private var changed: [Int]
  /// The last settlement before a part of a pair, by its first cell, was searched for in vain.
  private var searched: [Int]

  init(queue: [NettablePayment], available: [Int64], limits: SettlementLimits?) {
    set = SimultaneousSettlement(queue: queue, available: available, limits: limits)
    pairs = PairSums(gross: queue, participants: available.count)
    left = pairs.sums
    changed = Array(repeating: 0, count: available.count)
    searched = Array(repeating: -1, count: pairs.sums.count)
    positions = Array(repeating: [], count: pairs.sums.count)
    for position in queue.indices { positions[pairs.cells[position]].append(position) }
  }

  mutating func settlePairs(nodes: Int) -> Bool {
    var found: [Group] = []
    for cell in left.indices where pairs.firsts[cell] < pairs.seconds[cell] && left[cell] > 0 {
      guard let back = pairs.cell(pairs.seconds[cell], pairs.firsts[cell]), left[back] > 0 else {
        continue
      }
      found.append(Group(value: min(left[cell], left[back]), cells: [cell, back]))
    }
    return settle(found, partNodes: nodes)
  }

  mutating func settleSingles() -> Bool {
    var moved = false
    for position in set.queue.indices where !set.includes[position] && set.fits(position) {
      set.insert(position)
      left[pairs.cells[position]] -= Int128(set.queue[position].amount)
      note([pairs.cells[position]])
      moved = true
    }
    return moved
  }

  mutating func settleCycles(of length: Int) -> Bool {
    var found: [Group] = []
    var looks = 0
    /// Goes on from the last participant of `path`, which starts at its smallest.
    func extend(_ path: [Int], _ cells: [Int], _ value: Int128) {
      let last = path[path.count - 1]
      if path.count == length {
        guard let back = pairs.cell(last, path[0]), left[back] > 0 else { return }
        found.append(Group(value: value + left[back], cells: cells + [back]))
        return
      }
      for next in pairs.rowStarts[last]..<pairs.rowStarts[last + 1] where left[next] > 0 {
        let participant = pairs.seconds[next]
        guard participant > path[0], !path.contains(participant) else { continue }
        looks += 1
        if looks > PairAndCycleOffset.maximumCycles { return }
        extend(path + [participant], cells + [next], value + left[next])
      }
    }
    for start in 0..<(pairs.rowStarts.count - 1) { extend([start], [], 0) }
    return settle(found)
  }

  /// Settles each of these groups whole if it can, the one of most value first, and of pairs a part
  /// if so many nodes of a search find one.
  private mutating func settle(_ groups: [Group], partNodes: Int = 0) -> Bool {
    var moved = false
    let order = groups.indices.sorted {
      (groups[$1].value, $0) < (groups[$0].value, $1)
    }
    for group in order where groups[group].cells.allSatisfy({ left[$0] > 0 }) {
      let cells = groups[group].cells
      moved = settle(cells) || (partNodes > 0 && settlePart(of: cells, nodes: partNodes)) || moved
    }
    return moved
  }

  /// Settles the part of most value of a pair, if it is of both directions.
  private mutating func settlePart(of cells: [Int], nodes: Int) -> Bool {
    let first = pairs.firsts[cells[0]]
    if cells.allSatisfy({ changed[pairs.firsts[$0]] <= searched[cells[0]] }) { return false }
    searched[cells[0]] = settlement
    let members = cells.flatMap { positions[$0].filter { !set.includes[$0] } }
    var limits = SettlementLimits()
    for (payer, cell) in cells.enumerated() {
      guard let room = set.roomUnderLimit(of: positions[cell][0]) else { continue }
      limits.bilateral.append(
        BilateralLimit(payer: payer, payee: 1 - payer, remaining: Int64(clamping: room)))
    }
    let part = WholePaymentGridlock.best(
      queue: members.map { position in
        let payer = set.queue[position].payer == first ? 0 : 1
        return NettablePayment(payer: payer, payee: 1 - payer, amount: set.queue[position].amount)
      },
      available: cells.map { Int64(clamping: set.cover[pairs.firsts[$0]]) }, limits: limits,
      maximumNodes: nodes
    ).map { members[$0] }
    guard Set(part.map { set.queue[$0].payer }).count == 2 else { return false }
    for position in part {
      set.insert(position)
      left[pairs.cells[position]] -= Int128(set.queue[position].amount)
    }
    note(cells)
    return true
  }

  /// Payments of these cells have settled.
  private mutating func note(_ cells: [Int]) {
    settlement += 1
    for cell in cells {
      changed[pairs.firsts[cell]] = settlement
      changed[pairs.seconds[cell]] = settlement
    }
  }

  /// Whether a participant has enough for what is left of these cells, limits apart.
  private func isCovered(_ participant: Int, in cells: [Int]) -> Bool {
    var cover = set.cover[participant]
    for cell in cells {
      if pairs.firsts[cell] == participant { cover -= left[cell] }
      if pairs.seconds[cell] == participant { cover += left[cell] }
    }
    return cover >= 0
  }

  private mutating func settle(_ cells: [Int]) -> Bool {
    guard cells.allSatisfy({ isCovered(pairs.firsts[$0], in: cells) }) else { return false }
    let members = cells.flatMap { positions[$0].filter { !set.includes[$0] } }
    for position in members { set.insert(position) }
    guard cells.contains(where: { set.isShort(pairs.firsts[$0]) }) else {
      for cell in cells { left[cell] = 0 }
      note(cells)
      return true
    }
    for position in members.reversed() { set.remove(position) }
    return false
  }
}

/// Net positions by settlement window: of those that are closed and not paid yet, in order, and of
/// the open one.
///
/// A window is paid while later ones are open, so a participant that has spent in window 2 what it
/// received in window 1 must not be able to take that out of its account in between: what it can
/// take out is bounded by every prefix of the windows.
struct PositionWindows: Sendable {
  private struct Closed: Sendable {
    var due: Int64
    var positions: ContiguousArray<Int64>
  }
  private var closed: ContiguousArray<Closed> = []
  private var open: ContiguousArray<Int64>
  /// Payments of the open window.
  private var payments = 0

  init(participants: Int) { open = ContiguousArray(repeating: 0, count: participants) }

  /// Whether a payment has been made since the last close.
  var openHasPayments: Bool { payments > 0 }

  /// When the first closed window is to be paid.
  var firstDue: Int64? { closed.first?.due }

  mutating func move(_ payer: Int, to payee: Int, amount: Int64) {
    open[payer] -= amount
    open[payee] += amount
    payments += 1
  }

  mutating func close(due: Int64) {
    precondition(closed.last?.due ?? .min <= due, "windows are paid in order")
    closed.append(Closed(due: due, positions: open))
    open = ContiguousArray(repeating: 0, count: open.count)
    payments = 0
  }

  mutating func takeFirstClosed() -> ContiguousArray<Int64> { closed.removeFirst().positions }

  /// The least, over 0, 1, ... all windows, of the sum of that many first positions.
  func lowestPrefix(_ participant: Int) -> Int64 {
    var sum: Int64 = 0
    var lowest: Int64 = 0
    for window in closed {
      sum += window.positions[participant]
      lowest = min(lowest, sum)
    }
    return min(lowest, sum + open[participant])
  }
}

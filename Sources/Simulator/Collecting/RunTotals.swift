import Measurement
import PaymentModel
import Pipeline

/// The measurements of all cells together; how each is merged, its list of figures says.
@dynamicMemberLookup
struct RunTotals: Sendable {
  /// What the cells have counted.
  let cells: CellMeasurements
  /// What they came to.
  let results: CellResult
  /// Payments in the cells' stores.
  let stored: Int
  /// Settled payments that acquirers and banks have stated.
  let reconciled: Int

  init(_ cells: [Cell]) {
    self.cells = CellMeasurements(of: cells)
    results = CellResult.sum(of: cells)
    stored = cells.reduce(0) { $0 + Int($1.shared.store.count) }
    reconciled = cells.reduce(0) { sum, cell in
      sum + (cell.result?.reconciled ?? cell.standing.reconciled)
    }
  }

  subscript<Value>(dynamicMember property: KeyPath<CellMeasurements, Value>) -> Value {
    cells[keyPath: property]
  }

  subscript<Value>(dynamicMember property: KeyPath<CellResult, Value>) -> Value {
    results[keyPath: property]
  }

  /// Payments that were captured and not voided.
  var captured: Int { results.payablePayments }

  /// Requests answered with `answer`.
  func count(_ answer: CellMeasurements.Answer) -> Int { cells.number(of: answer) }
}

extension SettlementState {
  /// Whether a payment has been made in the settlement window that is open.
  public var openWindowHasPayments: Bool { accounts.windows.openHasPayments }

  /// When (ns) the first closed window is to be paid; nil: none is closed and unpaid.
  public var firstWindowDue: Int64? { accounts.windows.firstDue }

  /// Ends the open settlement window; its net positions are to be paid at `due` (ns).
  public mutating func closeWindow(due: Int64) {
    accounts.closeWindow(due: due)
    searches.changed()
  }

  /// Pays the net positions of the closed windows that are due by `time` (ns), in order.
  public mutating func payWindows(dueBy time: Int64) {
    while let due = firstWindowDue, due <= time {
      searches.changed()
      for (participant, amount) in accounts.settleFirstWindow().enumerated() where amount != 0 {
        events.append(.positionSettled(participant: participant, amount: amount, at: now))
      }
    }
  }

  /// Settles a payment by itself, in one piece.
  /// - Returns: what stands in the way; nil if it has settled.
  public mutating func settleNow(_ payment: InterbankPayment) -> SettlementReason? {
    if let obstacle = accounts.obstacle(
      payment.payer, to: payment.payee, amount: payment.amount, payment.priority)
    {
      return obstacle
    }
    let mechanism: SettlementMechanism = accounts.keepsPositions ? .continuousNet : .gross
    move(payment, part: payment.amount, remaining: 0, mechanism, group: nextGroup())
    finishGroup(payer: payment.payer)
    return nil
  }

  /// Refuses a payment that has just come in.
  public mutating func reject(_ payment: InterbankPayment, _ reason: SettlementReason) {
    recorder.failed(payment, payment.amount, isReturn: false, at: now)
    events.append(.rejected(id: payment.id, reason, at: now))
  }
}

import Chance

extension Arrangement {
  /// The plan this is.
  func plan(producer: PlanProducer) -> Plan {
    let places = slots.map { slot in
      slot < 0
        ? nil
        : PlanPlacement(
          window: PlanningWindow.allCases[grid.window(ofSlot: slot)], rail: grid.rail(ofSlot: slot))
    }
    let wires = plannedWires()
    let conversions = plannedConversions()
    var cost = PlanCost()
    for wire in wires {
      let rail = grid.problem.rails[wire.rail]
      cost.wires += (rail.fee + rail.operatorFee) * 1_000_000
      if wire.isDiscounted { cost.discount += rail.fee * grid.problem.discountPartsPerMillion }
    }
    for conversion in conversions {
      cost.conversion += conversion.value * grid.graph.distance(conversion.from, conversion.to)
    }
    for (position, payment) in grid.problem.payments.enumerated() {
      if let place = places[position] {
        cost.carry +=
          payment.value * grid.problem.carryPartsPerMillion * Int64(place.window.days)
      } else {
        cost.deferral += grid.deferralCost(of: payment)
      }
    }
    precondition(cost.total == self.cost, "a plan of \(cost.total) was kept as \(self.cost)")
    var digest = Digest()
    for slot in slots { digest.add(Int64(slot)) }
    digest.add(cost.total)
    return Plan(
      placements: places, wires: wires, conversions: conversions, cost: cost, lowerBound: nil,
      greedyCost: cost.total, linearPrograms: 0, nodes: 0, producer: producer, fallback: nil,
      fingerprint: digest.value)
  }

  private func plannedWires() -> [PlannedWire] {
    let payments = grid.problem.payments
    var members = Array(repeating: [Int](), count: counts.count)
    for (position, slot) in slots.enumerated() where slot >= 0 {
      members[key(payments[position], slot)].append(position)
    }
    var wires: [PlannedWire] = []
    for (key, positions) in members.enumerated() where !positions.isEmpty {
      let slot = key % grid.slots
      let rail = grid.rail(ofSlot: slot)
      var rest = positions[...]
      for size in batchSizes(of: positions.count) {
        let batch = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
        wires.append(
          PlannedWire(
            destination: payments[batch[0]].destination,
            counterparty: payments[batch[0]].counterparty,
            window: PlanningWindow.allCases[grid.window(ofSlot: slot)], rail: rail,
            payments: batch, value: batch.reduce(0) { $0 + payments[$1].value },
            isDiscounted: grid.problem.rails[rail].earnsDiscount
              && size >= grid.problem.discountMinimum))
      }
    }
    return wires
  }

  /// As few batches as possible, of which as many as possible get the discount: alike in size if
  /// all do, else full ones first.
  private func batchSizes(of count: Int) -> [Int] {
    let batches = grid.batches(of: count)
    if grid.discountedBatches(of: count) == batches {
      return (0..<batches).map { (count * ($0 + 1)) / batches - (count * $0) / batches }
    }
    return (0..<batches).map {
      min(grid.problem.maximumBatch, count - $0 * grid.problem.maximumBatch)
    }
  }

  private func plannedConversions() -> [PlannedConversion] {
    let currencies = grid.problem.currencies
    var given = Array(repeating: Int64(0), count: PlanningGrid.dates * currencies * currencies)
    func exchange(_ value: Int64, _ from: Int, _ to: Int, date: Int) {
      for step in grid.graph.path(from, to) {
        given[(date * currencies + step.from) * currencies + step.to] += value
      }
    }
    if grid.problem.netsConversions {
      for date in 0..<PlanningGrid.dates {
        for transfer in grid.graph.transport(imbalances, at: date * currencies) {
          exchange(transfer.amount, transfer.from, transfer.to, date: date)
        }
      }
    } else {
      for (position, payment) in grid.problem.payments.enumerated() where slots[position] >= 0 {
        exchange(
          payment.value, payment.source, payment.destination,
          date: grid.days(ofSlot: slots[position]))
      }
    }
    return given.indices.filter { given[$0] > 0 }.map { index in
      PlannedConversion(
        days: index / (currencies * currencies), from: index / currencies % currencies,
        to: index % currencies, value: given[index])
    }
  }
}

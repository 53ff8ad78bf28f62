import Money
import PaymentModel

/// Merchants of a cell whose business day ends at the same instant.
struct CutOffGroup: Sendable {
  /// Position of the time zone among the deployment's.
  let zone: Int
  let secondOfDay: Int
  private(set) var merchants: [CellMerchant] = []
  /// The next cut-off, seconds since the start of the run.
  private(set) var cutOff: Int64 = 0
  /// The local day that it ends, days since 1970-01-01.
  private(set) var businessDay: Int32 = 0

  /// The groups of a cell, each at its first cut-off after the start of the run.
  static func groups(_ deployment: Deployment, _ plan: CellPlan) -> [CutOffGroup] {
    var groups: [CutOffGroup] = []
    for (index, merchant) in plan.merchants.enumerated() {
      let position = groups.firstIndex {
        $0.zone == merchant.market && $0.secondOfDay == merchant.cutOffSecond
      }
      if let position {
        groups[position].merchants.append(CellMerchant(index))
      } else {
        var group = CutOffGroup(zone: merchant.market, secondOfDay: merchant.cutOffSecond)
        group.merchants.append(CellMerchant(index))
        group.find(after: 0, deployment)
        groups.append(group)
      }
    }
    return groups
  }

  private init(zone: Int, secondOfDay: Int) {
    self.zone = zone
    self.secondOfDay = secondOfDay
  }

  /// The first cut-off of a merchant after `second`, both in seconds since the start of the run.
  static func cutOff(of merchant: Merchant, after second: Int64, _ deployment: Deployment) -> Int64
  {
    var group = CutOffGroup(zone: merchant.market, secondOfDay: merchant.cutOffSecond)
    group.find(after: second, deployment)
    return group.cutOff
  }

  private mutating func find(after second: Int64, _ deployment: Deployment) {
    let (day, _) = deployment.zones[zone].localDayAndSecond(
      atUTC: deployment.epochSecond + second)
    businessDay = Int32(day) - 1
    repeat { advance(deployment) } while cutOff <= second
  }

  /// Goes on to the next day.
  mutating func advance(_ deployment: Deployment) {
    businessDay += 1
    setCutOff(deployment)
  }

  private mutating func setCutOff(_ deployment: Deployment) {
    cutOff =
      deployment.zones[zone].utcSeconds(
        of: CivilDate(dayNumber: Int(businessDay)), at: TimeOfDay(secondsSinceMidnight: secondOfDay)
      )
      - deployment.epochSecond
  }
}

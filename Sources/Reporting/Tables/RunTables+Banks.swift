import Declared

/// The monitoring tools for intraday liquidity of the Basel Committee (BCBS 248, 2013).
extension RunTables {
  static let monitoring = RunTable(
    "monitoring", "Intraday liquidity, BCBS 248",
    note: "Daily maximum usage: the three largest days of the whole system, and the average over "
      + "the settlement days of the scenario, with or without payments.",
    zeros: .hideRows, prominence: .detail, rows: \.systems,
    columns: [
      .system,
      .money("usage_largest", "largest", "Largest daily maximum usage, over participants") {
        $0.amount($0.largestDailyUsages.at(0))
      },
      .money("usage_second", "second", "The second largest") {
        $0.amount($0.largestDailyUsages.at(1))
      },
      .money("usage_third", "third", "The third largest") {
        $0.amount($0.largestDailyUsages.at(2))
      },
      .money("usage_average", "average", "Average daily maximum usage") {
        $0.amount($0.averageDailyUsage)
      },
      .money("available_at_start", "available at start", "At the start of a day, with credit") {
        $0.amount($0.availableAtStart)
      },
      .money("peak_credit", "peak credit", "Largest use of intraday credit") {
        $0.amount($0.peakCredit)
      },
      .count("deadlines_met", "deadlines met", "Payments with a deadline settled in time") {
        $0.deadlinesMet
      },
      .count("deadlines", "deadlines", "Payments with a deadline") { $0.deadlines },
    ])

  static let valueByHour = RunTable(
    "value_by_hour", "Value settled by hour since the opening", zeros: .hideRows,
    prominence: .detail, rows: \.systems,
    columns: [.system]
      + (0..<24).map { hour in
        let label = hour < 10 ? "0\(hour)" : "\(hour)"
        return .money("hour_\(label)", "+\(label) h", "Value settled from hour \(label) on") {
          $0.amount($0.valueByHour.at(hour))
        }
      })

  static let banks = RunTable(
    "banks", "Intraday liquidity of banks, BCBS 248",
    note: "The banks of each currency that used most stand first; averages are over the "
      + "settlement days of the scenario.",
    zeros: .hideRows, prominence: .detail, limit: .init(10, per: "currency"),
    rows: { result in result.systems.flatMap { largestFirst(result.banks, $0.currency) } },
    columns: bankUsage + bankPayments + bankCredit + bankCosts)

  private static let bankUsage: [TableColumn<BankRow>] = [
    .name("bank", "bank", "The bank") { $0.bank },
    .name("currency", "currency", "ISO 4217 code") { $0.currency },
    TableColumn.money("opening_balance", "opening", "Balance at the start of the run") {
      $0.amount($0.opening)
    }.detail,
    TableColumn.money("closing_balance", "closing", "Balance at the end of the run") {
      $0.amount($0.closing)
    }.detail,
    TableColumn.money("credit", "credit", "How far the balance may go below zero") {
      $0.amount($0.credit)
    }.detail,
    .count("days", "days", "Days on which the system was open") { $0.days },
    .money("usage_largest", "usage", "Largest daily maximum usage") { $0.amount($0.usages.at(0)) },
    .money("usage_second", "usage 2nd", "The second largest") { $0.amount($0.usages.at(1)) },
    .money("usage_third", "usage 3rd", "The third largest") { $0.amount($0.usages.at(2)) },
    .money("usage_average", "usage avg", "Average daily maximum usage") {
      $0.amount($0.averageUsage)
    },
    .money("available_least", "available", "Least balance and credit at the start of a day") {
      $0.amount($0.available.at(0))
    },
    .money("available_second", "available 2nd", "The second least") {
      $0.amount($0.available.at(1))
    },
    .money("available_third", "available 3rd", "The third least") {
      $0.amount($0.available.at(2))
    },
    .money("available_average", "available avg", "Average at the start of a day") {
      $0.amount($0.averageAvailable)
    },
  ]

  private static let bankPayments: [TableColumn<BankRow>] = [
    .money("sent_largest_day", "sent", "Sent on the day that sent most") {
      $0.amount($0.largestSent)
    },
    .money("sent_average", "sent avg", "Sent on average in a day") { $0.amount($0.averageSent) },
    .money("received_largest_day", "received", "Received on the day that received most") {
      $0.amount($0.largestReceived)
    },
    .money("received_average", "received avg", "Received on average in a day") {
      $0.amount($0.averageReceived)
    },
    .count("timed_payments", "deadlines", "Payments with a deadline that it sent") { $0.timed },
    .count("timed_met", "deadlines met", "Those that settled in time") { $0.timedMet },
    .money("timed_value", "deadline value", "Value of those with a deadline") {
      $0.amount($0.timedValue)
    },
    .money("timed_met_value", "value met", "Value of those that settled in time") {
      $0.amount($0.timedMetValue)
    },
  ]

  private static let bankCredit: [TableColumn<BankRow>] = [
    .money("correspondent_value", "correspondent", "Value of payments for correspondent banks") {
      $0.amount($0.correspondentValue)
    },
    .money("peak_credit", "peak credit", "Most of its credit drawn at once") {
      $0.amount($0.peakCredit)
    },
    .money("peak_unsecured_credit", "unsecured", "Part of that without collateral") {
      $0.amount($0.peakUnsecuredCredit)
    },
    TableColumn.money("liquidity_added", "added", "Money that came in from the central bank") {
      $0.amount($0.broughtIn)
    }.rare,
    TableColumn.money("liquidity_withdrawn", "withdrawn", "Money that went to the central bank") {
      $0.amount($0.takenOut)
    }.rare,
  ]

  private static let bankCosts: [TableColumn<BankRow>] = [
    TableColumn.money("cost_liquidity", "cost of liquidity", "By `costs.interbank`") {
      $0.amount($0.cost?.liquidity)
    }.rare,
    TableColumn.money("cost_delay", "of delay", "By `costs.interbank`") {
      $0.amount($0.cost?.delay)
    }.rare,
    TableColumn.money("cost_unsettled", "of unsettled", "By `costs.interbank`") {
      $0.amount($0.cost?.unsettled)
    }.rare,
    TableColumn.money("cost_splits", "of splits", "By `costs.interbank`") {
      $0.amount($0.cost?.splits)
    }.rare,
    TableColumn.money("cost_total", "cost", "All of it") { $0.amount($0.cost?.total) }.rare,
  ]

  /// The banks of a currency, those that used most first, else in their order.
  private static func largestFirst(_ banks: [BankRow], _ currency: String) -> [BankRow] {
    banks.filter { $0.currency == currency }.enumerated().sorted {
      ($1.element.usages.first ?? 0, $0.offset) < ($0.element.usages.first ?? 0, $1.offset)
    }.map(\.element)
  }
}

extension Array {
  /// The element at `index`, if there is one.
  fileprivate func at(_ index: Int) -> Element? { index < count ? self[index] : nil }
}

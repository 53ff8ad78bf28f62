import Money
import PaymentModel
import Scenario

/// Whose records they are, and how what they name is called in files: a cell's, or those of the
/// interbank network and its transfer desk.
struct RecordScope {
  /// The cell's position; nil for the network.
  let cell: Int?
  let deployment: Deployment
  /// Names of the rails of the run, by position in the network's list.
  let rails: [String]
  private let banks: [String]

  init(cell: Int?, _ deployment: Deployment) {
    self.cell = cell
    self.deployment = deployment
    rails = deployment.settings.rails.filter { deployment.currencies.contains($0.currency) }
      .map(\.name)
    banks = (0..<deployment.banks.count).map { deployment.banks.name(BankID(UInt16($0))) }
  }

  /// `cell-3` or `transfers`.
  var name: String { Self.name(cell ?? Instruction.desk) }

  /// The same of the cell that an instruction came from.
  static func name(_ cell: Int) -> String {
    cell == Instruction.desk ? "transfers" : "cell-\(cell)"
  }

  func name(_ bank: BankID) -> String { banks[Int(bank.rawValue)] }

  func name(_ merchant: MerchantID) -> String { deployment.name(of: merchant) }

  /// ISO 4217 code of a position in the run's list.
  func code(_ currency: CurrencyIndex) -> String { deployment.currencies[Int(currency)].code }

  func batch(_ number: BatchID) -> String { "\(name)/batch-\(number)" }

  /// What an instruction is for, as batches name it.
  static func reference(of instruction: Instruction) -> String {
    let what =
      switch instruction.kind {
      case .payout: "batch"
      case .funding, .scheme: "file"
      case .transfer: "wire"
      case .exchange: "deal"
      }
    return "\(name(instruction.cell))/\(what)-\(instruction.reference)"
  }

  /// The date of a day since 1970-01-01.
  static func date(_ day: Int32) -> String { "\(CivilDate(dayNumber: Int(day)))" }
}

extension SettlementWindow {
  /// Name in files.
  var name: String {
    switch self {
    case .rtgs: "rtgs"
    case .sameDay: "same_day"
    case .nextDay: "next_day"
    case .secondDay: "second_day"
    }
  }
}

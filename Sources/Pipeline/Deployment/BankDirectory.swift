import PaymentModel

/// The banks of a run and their accounts on the rails.
///
/// Order: issuers, merchants' banks, one settlement bank for each acquirer and scheme, the
/// platform's own account of each cell, which is a participant like a bank, the correspondents
/// whose
/// customers send transfers, the clearing house that net positions are paid to and from, and the
/// dealer that currencies are bought from and sold to.
struct BankDirectory: Sendable {
  /// Number of issuers.
  let issuers: Int
  /// Number of banks that hold merchants' accounts.
  let merchantBanks: Int
  /// Names of the acquirers and the scheme, in the order of `Deployment.endpoints`.
  let endpoints: [String]
  /// Number of cells; the platform has an account in each.
  let cells: Int
  /// Number of banks that send and receive transfers from account to account.
  let correspondents: Int
  /// Number of currencies; every bank has an account in each.
  let currencies: Int
  /// Names of the last of the correspondents, which have names of their own.
  var named: [String] = []

  /// Participants in all.
  var count: Int { firstCorrespondent + correspondents + 2 }

  private var firstCorrespondent: Int { issuers + merchantBanks + endpoints.count + cells }

  /// An issuer, or the source bank of a payment from account to account.
  func issuer(_ index: Int) -> BankID { BankID(UInt16(index)) }
  /// A bank that holds merchants' accounts.
  func merchantBank(_ index: Int) -> BankID { BankID(UInt16(issuers + index)) }
  /// The settlement bank of an acquirer or scheme.
  func endpointBank(_ index: EndpointIndex) -> BankID {
    BankID(UInt16(issuers + merchantBanks + Int(index)))
  }
  /// The platform's account of a cell.
  func platform(cell: Int) -> BankID {
    BankID(UInt16(issuers + merchantBanks + endpoints.count + cell))
  }

  /// Banks of the transfers whose names are numbers: the first.
  var generatedCorrespondents: Int { correspondents - named.count }

  /// Whether a bank has a name of its own.
  func isNamed(_ bank: BankID) -> Bool {
    let index = Int(bank.rawValue) - firstCorrespondent
    return index >= generatedCorrespondents && index < correspondents
  }

  /// The bank of the transfers with a name; nil: there is none.
  func transferBank(named name: String) -> BankID? {
    (0..<correspondents).map(correspondent).first { self.name($0) == name }
  }

  /// A bank whose customers send and receive transfers.
  func correspondent(_ index: Int) -> BankID { BankID(UInt16(firstCorrespondent + index)) }
  /// Where the net positions of a multilateral netting are paid in and out.
  var clearingHouse: BankID { BankID(UInt16(firstCorrespondent + correspondents)) }
  /// Who sells and buys currencies.
  var dealer: BankID { BankID(UInt16(firstCorrespondent + correspondents + 1)) }

  /// The banks of the cards: all before the correspondents.
  var ofCards: [BankID] { (0..<firstCorrespondent).map { BankID(UInt16($0)) } }

  /// The name used in files and results.
  func name(_ bank: BankID) -> String {
    var index = Int(bank.rawValue)
    if index < issuers { return "issuer-\(index + 1)" }
    index -= issuers
    if index < merchantBanks { return "merchant-bank-\(index + 1)" }
    index -= merchantBanks
    if index < endpoints.count { return "\(endpoints[index])-settlement" }
    index -= endpoints.count
    if index < cells { return "platform-cell-\(index)" }
    index -= cells
    if index < generatedCorrespondents { return "correspondent-\(index + 1)" }
    if index < correspondents { return named[index - generatedCorrespondents] }
    return index == correspondents ? "clearing-house" : "fx-dealer"
  }

  /// Position of the account of `bank` in `currency` among all accounts.
  func account(_ bank: BankID, currency: CurrencyIndex) -> Int {
    Int(bank.rawValue) * currencies + Int(currency)
  }
}

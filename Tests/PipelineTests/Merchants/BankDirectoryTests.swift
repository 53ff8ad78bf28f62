import PaymentModel
import Testing

@testable import Pipeline

@Suite("Bank directory")
struct BankDirectoryTests {
  @Test("every participant has a number, a name and accounts of its own")
  func unique() throws {
    let banks = try deployment { $0.workload.transfers.payments = 1 }.banks
    let participants =
      (0..<banks.issuers).map(banks.issuer) + (0..<banks.merchantBanks).map(banks.merchantBank)
      + banks.endpoints.indices.map { banks.endpointBank(EndpointIndex($0)) }
      + (0..<banks.cells).map(banks.platform(cell:))
      + (0..<banks.correspondents).map(banks.correspondent)
      + [banks.clearingHouse, banks.dealer]
    #expect(participants.count == banks.count)
    #expect(participants.map { Int($0.rawValue) } == Array(0..<banks.count))
    #expect(Set(participants.map(banks.name)).count == banks.count)
    let accounts = participants.flatMap { bank in
      (0..<banks.currencies).map { banks.account(bank, currency: CurrencyIndex($0)) }
    }
    #expect(accounts == Array(0..<banks.count * banks.currencies))
  }

  @Test("names say what a bank is")
  func names() throws {
    let banks = try deployment().banks
    #expect(banks.name(banks.issuer(0)) == "issuer-1")
    #expect(banks.name(banks.merchantBank(7)) == "merchant-bank-8")
    #expect(banks.name(banks.endpointBank(1)) == "southpay-settlement")
    #expect(banks.name(banks.endpointBank(2)) == "account-transfer-settlement")
    #expect(banks.name(banks.platform(cell: 3)) == "platform-cell-3")
    #expect(banks.name(banks.clearingHouse) == "clearing-house")
    #expect(banks.name(banks.dealer) == "fx-dealer")
  }
}

@Suite("Chart of accounts")
struct AccountsTests {
  @Test("no two accounts share a number, and each is in its own currency")
  func unique() {
    let accounts = Accounts(merchants: 7, endpoints: 3, currencies: 4)
    var numbers: [Int] = []
    for currency in (0..<4).map({ CurrencyIndex($0) }) {
      let own = Accounts.Own.allCases.map { accounts.own($0, currency) }
      let all =
        (0..<7).map { accounts.payable(CellMerchant($0), currency) }
        + (0..<3).map { accounts.receivable(EndpointIndex($0), currency) } + own
      #expect(all.allSatisfy { $0 % 4 == Int(currency) })
      #expect(Set(all.map(accounts.name)).count == all.count)
      numbers += all
    }
    #expect(numbers.sorted() == Array(0..<accounts.count))
  }
}

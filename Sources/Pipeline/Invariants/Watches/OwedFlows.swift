import PaymentModel

/// What banks are to pay and to receive, as those count it who owe it: independent of the wires by
/// which the money moves. Minor units by bank and currency. Pure.
struct OwedFlows: Sendable, Equatable {
  private var amounts: [UInt32: Int64] = [:]

  /// `payer` owes `payee` so much of a currency; negative the other way round.
  mutating func owe(
    _ amount: Int64, from payer: BankID, to payee: BankID, in currency: CurrencyIndex
  ) {
    guard amount != 0 else { return }
    amounts[Self.key(payer, currency), default: 0] -= amount
    amounts[Self.key(payee, currency), default: 0] += amount
  }

  /// What a bank is to have received, less what it is to have paid.
  subscript(_ bank: BankID, _ currency: CurrencyIndex) -> Int64 {
    amounts[Self.key(bank, currency)] ?? 0
  }

  /// Adds what others owe.
  mutating func merge(_ other: OwedFlows) {
    amounts.merge(other.amounts) { $0 + $1 }
  }

  private static func key(_ bank: BankID, _ currency: CurrencyIndex) -> UInt32 {
    UInt32(bank.rawValue) << 8 | UInt32(currency.rawValue)
  }

  /// The first of `banks` whose account in one of the currencies has moved by something else than
  /// what is owed; nil: none has.
  ///
  /// - Parameter moved: by how much an account has moved.
  func difference(
    _ banks: [BankID], currencies: Int, moved: (BankID, CurrencyIndex) -> Int64
  ) -> Difference? {
    for bank in banks {
      for position in 0..<currencies {
        let currency = CurrencyIndex(position)
        let (found, owed) = (moved(bank, currency), self[bank, currency])
        if found != owed {
          return Difference(bank: bank, currency: currency, moved: found, owed: owed)
        }
      }
    }
    return nil
  }

  /// Where an account has moved by something else than is owed.
  struct Difference: Equatable, Sendable {
    var bank: BankID
    var currency: CurrencyIndex
    var moved: Int64
    var owed: Int64
  }
}

/// A sum of amounts in which every position has a weight of its own: equal for equal amounts at
/// equal positions, whatever the order, and with all likelihood for no others. Pure.
struct WeightedSum: Sendable, Equatable {
  private var sum: UInt64 = 0

  /// Adds an amount at a position.
  @inline(__always)
  mutating func add(_ amount: Int64, at position: UInt64) {
    // An odd factor, so that no amount vanishes.
    sum &+= UInt64(bitPattern: amount) &* (weight(position) | 1)
  }

  @inline(__always)
  private func weight(_ position: UInt64) -> UInt64 {
    var z = position &* 0x9E37_79B9_7F4A_7C15 &+ 0x243F_6A88_85A3_08D3
    z = (z ^ (z >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return z ^ (z >> 32)
  }
}

/// Movements of an account as one side tells of them: how many, and their sums by currency. Pure.
struct MovementTally: Sendable, Equatable, CustomStringConvertible {
  private(set) var count = 0
  /// Minor units by position of the currency.
  private(set) var sums: [Int64]

  init(currencies: Int) { sums = Array(repeating: 0, count: currencies) }

  @inline(__always)
  mutating func add(_ amount: Int64, of currency: CurrencyIndex) {
    count += 1
    sums[Int(currency)] += amount
  }

  var description: String { "\(count) over \(sums)" }
}

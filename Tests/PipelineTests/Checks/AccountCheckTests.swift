import PaymentModel
import Testing

@testable import Pipeline

@Suite("What banks are owed, apart from what moves")
struct AccountCheckTests {
  @Test("is compared account by account, in both directions")
  func flows() {
    var owed = OwedFlows()
    owed.owe(500, from: BankID(0), to: BankID(1), in: 0)
    owed.owe(-30, from: BankID(0), to: BankID(2), in: 1)
    owed.owe(0, from: BankID(3), to: BankID(4), in: 0)
    let banks = (0..<5).map { BankID(UInt16($0)) }
    let moved: [[Int64]] = [[-500, 30], [500, 0], [0, -30], [0, 0], [0, 0]]
    func difference(_ moved: [[Int64]]) -> OwedFlows.Difference? {
      owed.difference(banks, currencies: 2) { moved[Int($0.rawValue)][Int($1)] }
    }
    #expect(difference(moved) == nil)
    for bank in 0..<5 {
      for currency in 0..<2 {
        var wrong = moved
        wrong[bank][currency] += 1
        #expect(
          difference(wrong)
            == OwedFlows.Difference(
              bank: BankID(UInt16(bank)), currency: CurrencyIndex(currency),
              moved: wrong[bank][currency], owed: moved[bank][currency]))
      }
    }
    // A wire to the wrong bank.
    var astray = moved
    (astray[1][0], astray[3][0]) = (0, 500)
    #expect(difference(astray)?.bank == BankID(1))
    var both = OwedFlows()
    both.merge(owed)
    both.merge(owed)
    #expect(both[BankID(1), 0] == 1_000 && both[BankID(0), 1] == 60)
  }

  @Test("sums with weights agree in any order, and for nothing else")
  func weights() {
    let amounts: [(Int64, UInt64)] = [(5, 1), (-3, 2), (5, 3), (.max, 4)]
    func sum(_ amounts: [(Int64, UInt64)]) -> WeightedSum {
      amounts.reduce(into: WeightedSum()) { $0.add($1.0, at: $1.1) }
    }
    #expect(sum(amounts) == sum(amounts.reversed()))
    #expect(sum(amounts + [(0, 9)]) == sum(amounts))
    #expect(sum(amounts + [(7, 1), (-7, 1)]) == sum(amounts))
    for place in amounts.indices {
      var others = amounts
      others[place].0 &-= 1
      #expect(sum(others) != sum(amounts))
      others[place].0 &+= 1
      others[place].1 += 10
      #expect(sum(others) != sum(amounts))
    }
    // What one lacks and another has too much shows.
    #expect(sum([(5, 1), (7, 2)]) != sum([(7, 1), (5, 2)]))
    #expect(sum([(1 << 62, 1), (1 << 62, 1), (1 << 62, 1), (1 << 62, 1)]) == sum([]))
  }

  @Test("movements are compared by number and by sum")
  func movements() {
    func tally(_ amounts: [(Int64, CurrencyIndex)]) -> MovementTally {
      amounts.reduce(into: MovementTally(currencies: 2)) { $0.add($1.0, of: $1.1) }
    }
    let all: [(Int64, CurrencyIndex)] = [(5, 0), (-7, 1), (2, 0)]
    #expect(tally(all) == tally(all.reversed()))
    #expect(tally(all) != tally(Array(all.dropLast())))
    #expect(tally(all) != tally(all + [(0, 0)]))
    #expect(tally(all) != tally([(5, 0), (-7, 0), (2, 1)]))
  }
}

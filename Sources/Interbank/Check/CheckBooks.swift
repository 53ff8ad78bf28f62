/// The check's own books: what each participant has by the events alone.
struct CheckBooks: Sendable {
  private struct Book: Sendable {
    var balance: Int64
    var position: Int64 = 0
    var credit: Int64
    var netSent: Int64 = 0
    var reserved: Int64 = 0
    /// Of the group that is being looked at.
    var incoming: Int64 = 0
    var normal: Int64 = 0
  }
  private var terms: [ParticipantTerms]
  private var books: [Book]
  private var sent: PairTable<Int64>
  private(set) var total: Int64

  init(_ terms: [ParticipantTerms]) {
    self.terms = terms
    books = terms.map { Book(balance: $0.openingBalance, credit: Self.credit($0)) }
    sent = PairTable(participants: terms.count)
    total = terms.reduce(0) { $0 + $1.openingBalance }
  }

  private static func credit(_ terms: ParticipantTerms) -> Int64 {
    let lent = terms.collateral.multipliedFullWidth(by: 1_000_000 - terms.haircut)
    return terms.creditCap + Int64(1_000_000).dividingFullWidth(lent).quotient
  }

  /// What a participant has pledged has changed.
  mutating func pledge(_ participant: Int, _ collateral: Int64) {
    terms[participant].collateral = collateral
    books[participant].credit = Self.credit(terms[participant])
  }

  func balance(_ participant: Int) -> Int64 { books[participant].balance }
  func position(_ participant: Int) -> Int64 { books[participant].position }
  func netSent(_ participant: Int) -> Int64 { books[participant].netSent }
  func netSent(_ payer: Int, _ payee: Int) -> Int64 { sent[payer, payee] }

  /// How far the participant is below its credit; 0 or less: it is not. An account that pays what
  /// is in windows later must not be below it now either.
  func shortage(_ participant: Int) -> Int64 {
    let book = books[participant]
    return -min(book.balance + book.position, book.balance) - book.credit
  }

  mutating func startDay() {
    for index in books.indices {
      books[index].netSent = 0
      books[index].reserved = terms[index].reservedForUrgent
    }
    sent.clear()
  }

  mutating func adjust(_ participant: Int, by amount: Int64) {
    books[participant].balance += amount
    total += amount
  }

  mutating func pay(_ participant: Int, _ amount: Int64) {
    books[participant].balance += amount
    books[participant].position -= amount
  }

  mutating func move(_ payment: InterbankPayment, _ amount: Int64, onPosition: Bool) {
    let (payer, payee) = (payment.payer, payment.payee)
    if onPosition {
      books[payer].position -= amount
      books[payee].position += amount
    } else {
      books[payer].balance -= amount
      books[payee].balance += amount
    }
    books[payer].netSent += amount
    books[payee].netSent -= amount
    sent[payer, payee] += amount
    sent[payee, payer] -= amount
  }

  /// Who, by the group that has just moved, has paid normal payments out of its reservation; urgent
  /// ones then draw it down.
  mutating func reservationBroken(by group: [(payment: InterbankPayment, amount: Int64)]) -> Int? {
    for (payment, amount) in group {
      books[payment.payee].incoming += amount
      if payment.priority == .normal {
        books[payment.payer].normal += amount
      } else {
        books[payment.payer].reserved = max(0, books[payment.payer].reserved - amount)
      }
    }
    var broken: Int?
    for (payment, _) in group {
      let book = books[payment.payer]
      let left = book.balance + book.position + book.credit
      if book.normal > book.incoming, left < book.reserved, broken == nil { broken = payment.payer }
    }
    for (payment, _) in group {
      for participant in [payment.payer, payment.payee] {
        books[participant].incoming = 0
        books[participant].normal = 0
      }
    }
    return broken
  }
}

import Declared
import Measurement
import Text

/// The way of sampled card payments through the pipeline.
public struct SampledPayments: Sendable, Equatable {
  /// Of so many payments one was sampled.
  public var oneIn: Int
  /// Those that were, cell by cell, in the order in which they were accepted.
  public var payments: [TracedPayment]

  /// One payment in `oneIn`.
  public init(oneIn: Int, payments: [TracedPayment]) {
    self.oneIn = oneIn
    self.payments = payments
  }

  /// Its file in a result, `spans.csv`.
  public var file: (name: String, bytes: [UInt8]) {
    (Self.table.file, Array(Self.table.csv(self).joined().utf8))
  }

  /// A line for each span.
  static let table = Table<SampledPayments>(
    "spans", "Spans of sampled payments",
    rows: { sample in
      sample.payments.flatMap { payment in
        payment.spans.indices.map { Row(payment: payment, place: $0) }
      }
    },
    columns: [
      .name("trace", "trace", "The payment's key, the same in every run of the seed") {
        hexadecimal($0.payment.key)
      },
      .name("payment", "payment", "The payment, as in obligations.csv") { $0.payment.name },
      .count("span", "span", "Number of the span within the payment, from 0") { $0.place },
      .count("parent", "parent", "The span that it lies in; none for the whole way") {
        $0.span.parent
      },
      .text("service", "service", "The part of the deployment that does it") {
        $0.span.kind.service
      },
      .text("name", "name", "What is done") { $0.span.kind.rawValue },
      .duration("start_ns", "start", "When it begins, since the start of the run") {
        $0.span.start
      },
      .duration("end_ns", "end", "When it ends, or the run does") { $0.span.end },
      .flag("open", "open", "Whether the run ended before it") { $0.span.isOpen },
      .text("attributes", "attributes", "What else is known, as name=value, separated by ;") {
        row in
        let words = row.span.attributes.map { "\($0.name)=\($0.value)" }
        return words.isEmpty ? nil : words.joined(separator: ";")
      },
    ])

  private struct Row {
    var payment: TracedPayment
    var place: Int
    var span: PaymentSpan { payment.spans[place] }
  }
}

extension TracedPayment {
  /// The payment as files name it: `cell-0/payment-17`.
  var name: String { "cell-\(cell)/payment-\(number)" }

  /// Cell and number as one, above zero: unlike the key, which the fast store may have forgotten
  /// and accepted again, no other payment has it.
  var place: UInt64 { UInt64(cell + 1) << 32 | UInt64(number) }

  /// Positions of the spans that lie in another directly, in the order of time; those that lie
  /// across others left out.
  func inner(of place: Int) -> [Int] {
    spans.indices.filter { spans[$0].parent == place && !spans[$0].kind.isApart }
      .sorted { (spans[$0].start, $0) < (spans[$1].start, $1) }
  }
}

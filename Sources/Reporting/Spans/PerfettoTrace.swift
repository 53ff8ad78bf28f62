import Measurement
import Text

/// The sampled payments in the Trace Event format of Chrome, which ui.perfetto.dev opens: a process
/// for each cell, a thread for each service, and the spans of a payment as nestable asynchronous
/// events of one id, since payments overlap.
///
/// Times are virtual, in microseconds since the start of the run, exact to the nanosecond.
public enum PerfettoTrace {
  /// The events of `result`, as JSON with an event a line.
  public static func render(_ result: RunResult) -> String {
    let payments = result.spans?.payments ?? []
    var text = "{\"displayTimeUnit\":\"ms\",\"otherData\":" + other(result).encodedLine()
    text += ",\"traceEvents\":["
    var isFirst = true
    func write(_ line: String) {
      text += isFirst ? "\n" : ",\n"
      text += line
      isFirst = false
    }
    for cell in Set(payments.map(\.cell)).sorted() { names(of: cell).forEach(write) }
    for payment in payments { events(of: payment).forEach { write($0.line) } }
    return text + "\n]}\n"
  }

  private static func other(_ result: RunResult) -> CanonicalJSON {
    [
      "scenario": .string(result.identity.scenarioName),
      "seed": .string(String(result.identity.seed)),
      "digest": .string(result.identity.digestHex),
      "sampled_one_in": .int(result.spans?.oneIn ?? 0),
      "sampled_payments": .int(result.spans?.payments.count ?? 0),
      "start_utc_s": .int(result.startSecond),
    ]
  }

  // MARK: names

  /// Names and order of a cell's process and its threads.
  private static func names(of cell: Int) -> [String] {
    func meta(_ name: String, thread: Int?, _ key: String, _ value: CanonicalJSON) -> String {
      var members: [String: CanonicalJSON] = [
        "ph": "M", "name": .string(name), "pid": .int(process(cell)),
        "args": .object([key: value]),
      ]
      if let thread { members["tid"] = .int(thread) }
      return CanonicalJSON.object(members).encodedLine()
    }
    let own = [
      meta("process_name", thread: nil, "name", .string("cell-\(cell)")),
      meta("process_sort_index", thread: nil, "sort_index", .int(cell)),
    ]
    return own
      + PaymentSpan.Kind.services.enumerated().flatMap { place, service in
        [
          meta("thread_name", thread: place + 1, "name", .string(service)),
          meta("thread_sort_index", thread: place + 1, "sort_index", .int(place)),
        ]
      }
  }

  private static let threads = Dictionary(
    uniqueKeysWithValues: PaymentSpan.Kind.services.enumerated().map { ($1, $0 + 1) })

  /// Process 0 is that of the kernel for some readers.
  private static func process(_ cell: Int) -> Int { cell + 1 }

  // MARK: events

  /// An event, and its instant in ns.
  private struct Event {
    var time: Int64
    var line: String
  }

  /// The spans of a payment in the order of time. Those within a span begin after it and end before
  /// it, at the same instant too.
  private static func events(of payment: TracedPayment) -> [Event] {
    guard !payment.spans.isEmpty else { return [] }
    var events: [Event] = []
    add(0, of: payment, to: &events)
    for place in payment.spans.indices where payment.spans[place].kind.isApart {
      let span = payment.spans[place]
      events.append(event("b", span, payment, at: span.start))
      events.append(event("e", span, payment, at: span.end))
    }
    return events.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    .map(\.element)
  }

  private static func add(_ place: Int, of payment: TracedPayment, to events: inout [Event]) {
    let span = payment.spans[place]
    guard span.kind != .refund else {
      events.append(event("n", span, payment, at: span.start))
      return
    }
    events.append(event("b", span, payment, at: span.start))
    for inner in payment.inner(of: place) { add(inner, of: payment, to: &events) }
    events.append(event("e", span, payment, at: span.end))
  }

  private static func event(
    _ phase: String, _ span: PaymentSpan, _ payment: TracedPayment, at time: Int64
  ) -> Event {
    var text = "{\"ph\":\"\(phase)\",\"cat\":\""
    text += span.kind.isApart ? span.kind.rawValue : "payment"
    text += "\",\"id\":\"0x\(hexadecimal(payment.place))\",\"name\":\"\(span.kind.rawValue)\""
    text += ",\"pid\":\(process(payment.cell)),\"tid\":\(threads[span.kind.service]!)"
    text += ",\"ts\":" + fixedPoint(Int128(time), decimals: 3)
    if phase != "e" {
      var arguments = Dictionary(
        span.attributes.map { ($0.name, CanonicalJSON.string($0.value)) }, uniquingKeysWith: { $1 })
      if span.isOpen { arguments["open"] = true }
      if !arguments.isEmpty { text += ",\"args\":" + CanonicalJSON.object(arguments).encodedLine() }
    }
    return Event(time: time, line: text + "}")
  }
}

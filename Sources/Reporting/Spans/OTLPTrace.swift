import Measurement
import Text

/// The sampled payments as `TracesData` of the OpenTelemetry protocol 1.x in JSON: ids in
/// hexadecimal, 64-bit numbers as strings, instants of virtual time as nanoseconds since 1970.
///
/// A resource for each service of each cell, so that tools that show services by name do.
public enum OTLPTrace {
  /// The document of `result`, a span a line.
  public static func render(_ result: RunResult) -> String {
    var text = "{\"resourceSpans\":["
    var isFirst = true
    let payments = result.spans?.payments ?? []
    for cell in Set(payments.map(\.cell)).sorted() {
      for service in PaymentSpan.Kind.services {
        let spans = payments.filter { $0.cell == cell }.flatMap {
          lines(of: $0, service, start: result.startSecond)
        }
        guard !spans.isEmpty else { continue }
        text += isFirst ? "\n" : ",\n"
        isFirst = false
        text += "{\"resource\":" + resource(service, cell, result).encodedLine()
        text += ",\"scopeSpans\":[{\"scope\":" + scope(result).encodedLine()
        text += ",\"spans\":[\n" + spans.joined(separator: ",\n") + "\n]}]}"
      }
    }
    return text + (isFirst ? "]}\n" : "\n]}\n")
  }

  private static func resource(
    _ service: String, _ cell: Int, _ result: RunResult
  ) -> CanonicalJSON {
    [
      "attributes": .array([
        attribute("service.name", service), attribute("service.namespace", "settlesim"),
        attribute("service.instance.id", "cell-\(cell)"),
        attribute("settlesim.scenario", result.identity.scenarioName),
        attribute("settlesim.seed", String(result.identity.seed)),
        attribute("settlesim.digest", result.identity.digestHex),
        attribute("settlesim.sampled_one_in", String(result.spans?.oneIn ?? 0)),
      ])
    ]
  }

  private static func scope(_ result: RunResult) -> CanonicalJSON {
    ["name": "settlesim", "version": .string(result.identity.settlesimVersion)]
  }

  /// Internal: neither the client nor the server of a call of another process.
  private static let internalKind = 1

  private static func lines(
    of payment: TracedPayment, _ service: String, start: Int64
  ) -> [String] {
    payment.spans.indices.filter { payment.spans[$0].kind.service == service }.map { place in
      let span = payment.spans[place]
      var attributes = span.attributes.map { attribute("settlesim." + $0.name, $0.value) }
      if span.isOpen {
        attributes.append(["key": "settlesim.open", "value": ["boolValue": true]])
      }
      var members: [String: CanonicalJSON] = [
        "traceId": .string(traceID(payment)),
        "spanId": .string(spanID(payment, place)),
        "name": .string(span.kind.rawValue),
        "kind": .int(internalKind),
        "startTimeUnixNano": .string(instant(span.start, start)),
        "endTimeUnixNano": .string(instant(span.end, start)),
        "attributes": .array(attributes),
      ]
      if let parent = span.parent { members["parentSpanId"] = .string(spanID(payment, parent)) }
      return CanonicalJSON.object(members).encodedLine()
    }
  }

  /// The payment's key, after the cell and its number there: two payments of one key, which are a
  /// mistake of the fast store, are two traces.
  private static func traceID(_ payment: TracedPayment) -> String {
    hexadecimal(payment.place) + hexadecimal(payment.key)
  }

  /// The cell, the payment's number and the span's: never zero, which would be no id.
  private static func spanID(_ payment: TracedPayment, _ place: Int) -> String {
    precondition(place < 1 << 12, "payment \(payment.name) has \(payment.spans.count) spans")
    return hexadecimal(
      UInt64(payment.cell + 1) << 44 | UInt64(payment.number) << 12 | UInt64(place))
  }

  private static func instant(_ time: Int64, _ start: Int64) -> String {
    String(Int128(start) * 1_000_000_000 + Int128(time))
  }

  private static func attribute(_ key: String, _ value: String) -> CanonicalJSON {
    ["key": .string(key), "value": ["stringValue": .string(value)]]
  }
}

import Text

/// The forms in which a summary can be printed: `--format`.
public enum SummaryFormat: String, Sendable, CaseIterable {
  /// Tables for a person.
  case table
  /// The canonical document of `summary.json`.
  case json
  /// One JSON object a line, each with its `section`.
  case ndjson
  /// `section,name,field,value`, one value a line.
  case csv
  /// Tables in Markdown.
  case markdown

  /// `result` in this form. Only `table` shows `environment` and uses `options`.
  public func render(
    _ result: RunResult, environment: RunEnvironment? = nil,
    options: SummaryTable.Options = SummaryTable.Options()
  ) -> String {
    switch self {
    case .table: SummaryTable.render(result, environment: environment, options: options)
    case .json: SummaryDocument.json(result).encoded()
    case .ndjson: SummaryLines.ndjson(SummaryDocument.json(result))
    case .csv: SummaryLines.csv(SummaryDocument.json(result))
    case .markdown: SummaryMarkdown.render(result)
    }
  }
}

/// The summary document taken apart into lines.
enum SummaryLines {
  /// Every element of the document's lists as an object of its own; the single values together.
  static func ndjson(_ document: CanonicalJSON) -> String {
    var single: [String: CanonicalJSON] = ["section": "run"]
    var lines: [String] = []
    for (key, value) in document.sortedMembers ?? [] {
      switch value {
      case .array(let elements):
        for element in elements { lines.append(line(key, element)) }
      case .object: lines.append(line(key, value))
      default: single[key] = value
      }
    }
    return ([CanonicalJSON.object(single).encodedLine()] + lines).joined(separator: "\n") + "\n"
  }

  private static func line(_ section: String, _ value: CanonicalJSON) -> String {
    var members: [String: CanonicalJSON] = ["section": .string(section)]
    if case .object(let own) = value {
      members.merge(own) { kept, _ in kept }
    } else {
      members["value"] = value
    }
    return CanonicalJSON.object(members).encodedLine()
  }

  /// Every leaf of the document as `section,name,field,value`.
  static func csv(_ document: CanonicalJSON) -> String {
    var rows = [["section", "name", "field", "value"]]
    for (key, value) in document.sortedMembers ?? [] {
      if case .array(let elements) = value {
        for (index, element) in elements.enumerated() {
          let label = ["name", "text", "phase", "currency"].first { element[$0] != nil }
          let name = label.flatMap { element[$0]?.text } ?? String(index)
          leaves(element, field: "") { field, value in
            if field != label { rows.append([key, name, field, value]) }
          }
        }
      } else {
        leaves(value, field: "") { rows.append([key, "", $0, $1]) }
      }
    }
    return CSV.encode(rows)
  }

  private static func leaves(
    _ value: CanonicalJSON, field: String, _ emit: (String, String) -> Void
  ) {
    if let members = value.sortedMembers {
      for (key, member) in members {
        leaves(member, field: field.isEmpty ? key : field + "." + key, emit)
      }
    } else if let elements = value.elements {
      for (index, element) in elements.enumerated() {
        leaves(element, field: field + "[\(index)]", emit)
      }
    } else {
      emit(field, value.text ?? (value == .null ? "" : value.encodedLine()))
    }
  }
}

/// How a stored value of one cell and that of another come to the value of both.
public struct Merging<Value: Sendable>: Sendable {
  let merge: @Sendable (inout Value, Value) -> Void

  /// A rule of its own.
  public init(_ merge: @escaping @Sendable (inout Value, Value) -> Void) { self.merge = merge }

  /// What is the same in both, or belongs to the cell alone: the value of the first one stays.
  public static var first: Merging { Merging { _, _ in } }

  /// Element by element; both have as many.
  public static func each<Element: Sendable>(_ rule: Merging<Element>) -> Merging
  where Value == [Element] {
    Merging { values, others in
      precondition(values.count == others.count, "\(values.count) and \(others.count) elements")
      for index in values.indices { rule.merge(&values[index], others[index]) }
    }
  }
}

extension Merging where Value: AdditiveArithmetic {
  /// Added up; a sum beyond the type traps.
  public static var sum: Merging { Merging { $0 += $1 } }
}

extension Merging where Value: Comparable {
  /// The larger one.
  public static var maximum: Merging { Merging { $0 = max($0, $1) } }
}

extension Merging where Value: Measured {
  /// By its own figures.
  public static var figures: Merging { Merging { $0.merge($1) } }
}

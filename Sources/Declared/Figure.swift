/// One entry of a list of figures: a stored property with what is told by it, or a figure that
/// follows from others.
///
/// An entry may stand for a family of figures (the quantiles of a histogram), or for none: a
/// property that has a table of its own says so and is merged all the same.
public struct Figure<Root: Sendable>: Sendable {
  /// What it yields, in order.
  public private(set) var declarations: [FigureDeclaration]
  /// Distributions among its figures, which tables show line by line.
  public let distributions: [NamedDistribution<Root>]
  /// The stored property that it accounts for; nil for what follows from others.
  public let property: (any AnyKeyPath & Sendable)?
  /// Where the property is shown if no figure of its own is read from it: the name of a table, a
  /// file or another figure.
  public let place: String?
  private let values: @Sendable (Root) -> [Double?]
  private let join: @Sendable (inout Root, Root) -> Void

  init(
    _ declarations: [FigureDeclaration], distributions: [NamedDistribution<Root>] = [],
    property: (any AnyKeyPath & Sendable)?, place: String? = nil,
    values: @escaping @Sendable (Root) -> [Double?],
    join: @escaping @Sendable (inout Root, Root) -> Void = { _, _ in }
  ) {
    self.declarations = declarations
    self.distributions = distributions
    self.property = property
    self.place = place
    self.values = values
    self.join = join
  }

  /// The figures by name; one that the run has no samples of is left out.
  public func read(_ root: Root) -> [(name: String, value: Double)] {
    let values = values(root)
    precondition(
      values.count == declarations.count, "\(values.count) values of \(declarations.map(\.name))")
    return zip(declarations, values).compactMap { declaration, value in
      value.map { (declaration.name, $0) }
    }
  }

  func read(values root: Root) -> [Double?] { values(root) }

  /// Puts `other` to `root`.
  public func merge(_ root: inout Root, _ other: Root) { join(&root, other) }

  /// The same, compared without being asked for.
  public func standard() -> Figure {
    var figure = self
    for index in declarations.indices { figure.declarations[index].isStandard = true }
    return figure
  }
}

/// A key path that may be kept by a declaration shared between threads.
public typealias FigureProperty<Root, Value> = any WritableKeyPath<Root, Value> & Sendable

extension Figure {
  /// A stored number.
  public init<Value: FigureNumber>(
    _ name: String, _ property: FigureProperty<Root, Value>, _ unit: FigureUnit,
    _ direction: FigureDirection, _ merging: Merging<Value>, _ meaning: String
  ) {
    self.init(
      [FigureDeclaration(name, unit, direction, meaning)], property: property,
      values: { [$0[keyPath: property].figure] },
      join: { merging.merge(&$0[keyPath: property], $1[keyPath: property]) })
  }

  /// A count that adds up.
  public static func count(
    _ name: String, _ property: FigureProperty<Root, Int>, _ direction: FigureDirection,
    _ meaning: String
  ) -> Figure { Figure(name, property, .count, direction, .sum, meaning) }

  /// A count that adds up and is neither good nor bad.
  public static func count(
    _ name: String, _ property: FigureProperty<Root, Int>, _ meaning: String
  ) -> Figure { count(name, property, .neutral, meaning) }

  /// A figure that follows from others; nil where there are no samples.
  public static func derived(
    _ name: String, _ unit: FigureUnit, _ direction: FigureDirection, _ meaning: String,
    _ value: @escaping @Sendable (Root) -> Double?
  ) -> Figure {
    Figure(
      [FigureDeclaration(name, unit, direction, meaning)], property: nil,
      values: { [value($0)] })
  }

  /// The same, neither good nor bad.
  public static func derived(
    _ name: String, _ unit: FigureUnit, _ meaning: String,
    _ value: @escaping @Sendable (Root) -> Double?
  ) -> Figure { derived(name, unit, .neutral, meaning, value) }

  /// A part of a whole; without samples where the whole is nothing.
  public static func share(
    _ name: String, _ direction: FigureDirection, _ meaning: String,
    _ part: @escaping @Sendable (Root) -> Int, of whole: @escaping @Sendable (Root) -> Int
  ) -> Figure {
    derived(name, .ratio, direction, meaning) { root in
      let all = whole(root)
      return all > 0 ? Double(part(root)) / Double(all) : nil
    }
  }

  /// A stored property that is shown in a place of its own instead of as a figure.
  public static func stored<Value: Sendable>(
    _ property: FigureProperty<Root, Value>, _ merging: Merging<Value>, in place: String
  ) -> Figure {
    Figure(
      [], property: property, place: place, values: { _ in [] },
      join: { merging.merge(&$0[keyPath: property], $1[keyPath: property]) })
  }
}

/// Figures that are declared once and are many.
extension Figure {
  /// The parts of a distribution that have a figure each, with what is read.
  private static var parts:
    [(name: String, meaning: String, read: @Sendable (any Distribution) -> Int64?)]
  {
    [
      ("p50", "median", { $0.quantile(0.5) }), ("p95", "95th percentile", { $0.quantile(0.95) }),
      ("p99", "99th percentile", { $0.quantile(0.99) }),
      ("p999", "99.9th percentile", { $0.quantile(0.999) }), ("mean", "mean", { $0.mean }),
      ("max", "largest", { $0.max }),
    ]
  }

  /// The quantiles, mean, maximum and count of a stored distribution of durations (ns).
  ///
  /// - `standard`: the parts that are compared without being asked for.
  public static func latency<Value: Distribution>(
    _ stem: String, _ property: FigureProperty<Root, Value>, _ merging: Merging<Value>,
    standard: [String] = [], _ meaning: String
  ) -> Figure {
    latency(
      stem, property: property, standard: standard, meaning, read: { $0[keyPath: property] },
      join: { merging.merge(&$0[keyPath: property], $1[keyPath: property]) })
  }

  /// The same of a distribution that follows from others.
  public static func latency(
    _ stem: String, standard: [String] = [], _ meaning: String,
    _ read: @escaping @Sendable (Root) -> (any Distribution)?
  ) -> Figure { latency(stem, property: nil, standard: standard, meaning, read: read) }

  private static func latency(
    _ stem: String, property: (any AnyKeyPath & Sendable)?, standard: [String],
    _ meaning: String, read: @escaping @Sendable (Root) -> (any Distribution)?,
    join: @escaping @Sendable (inout Root, Root) -> Void = { _, _ in }
  ) -> Figure {
    var declarations = parts.map { part in
      var declaration = FigureDeclaration(
        "\(stem).\(part.name)", .nanoseconds, .lowerIsBetter, "\(meaning): \(part.meaning)")
      declaration.isStandard = standard.contains(part.name)
      return declaration
    }
    declarations.append(
      FigureDeclaration("\(stem).count", .count, .neutral, "\(meaning): how often"))
    return Figure(
      declarations,
      distributions: [NamedDistribution(stem: stem, meaning: meaning, read: read)],
      property: property,
      values: { root in
        guard let found = read(root), found.count > 0 else {
          return Array(repeating: nil, count: parts.count + 1)
        }
        return parts.map { part in part.read(found).map { Double($0) } } + [Double(found.count)]
      }, join: join)
  }

  /// One count for each of `names`, by position.
  public static func counts(
    _ stem: String, _ property: FigureProperty<Root, [Int]>, _ names: [String],
    _ direction: FigureDirection, _ meaning: String
  ) -> Figure {
    Figure(
      names.map { FigureDeclaration("\(stem).\($0)", .count, direction, "\(meaning): \($0)") },
      property: property,
      values: { root in
        let counts = root[keyPath: property]
        precondition(counts.count == names.count, "\(stem): \(counts.count) counts")
        return counts.map { Double($0) }
      },
      join: { root, other in
        Merging<[Int]>.each(.sum).merge(&root[keyPath: property], other[keyPath: property])
      })
  }

  /// The same, neither good nor bad.
  public static func counts(
    _ stem: String, _ property: FigureProperty<Root, [Int]>, _ names: [String],
    _ meaning: String
  ) -> Figure { counts(stem, property, names, .neutral, meaning) }

  /// Figures that follow from others by name; a name may be without samples.
  public static func family(
    _ declarations: [FigureDeclaration],
    _ values: @escaping @Sendable (Root) -> [String: Double]
  ) -> Figure {
    Figure(declarations, property: nil) { root in
      let values = values(root)
      return declarations.map { values[$0.name] }
    }
  }
}

/// Figures of a part, as figures of the whole.
extension Figure {
  /// The figures of a stored part.
  public static func part<Part: Measured>(_ property: FigureProperty<Root, Part>) -> Figure {
    collected(
      Part.figures, property: property, of: { $0[keyPath: property] },
      join: { $0[keyPath: property].merge($1[keyPath: property]) })
  }

  /// The figures of all elements together; the elements themselves are merged by position.
  public static func total<Part: Measured>(
    of property: FigureProperty<Root, [Part]>
  ) -> Figure {
    collected(
      Part.figures, property: property,
      of: { root in
        guard var sum = root[keyPath: property].first else { return nil }
        for part in root[keyPath: property].dropFirst() { sum.merge(part) }
        return sum
      },
      join: { root, other in
        Merging<[Part]>.each(.figures).merge(&root[keyPath: property], other[keyPath: property])
      })
  }

  /// The figures of what can be read of the whole; without samples where it is not there.
  public static func all<Part: Sendable>(
    _ figures: [Figure<Part>], of part: @escaping @Sendable (Root) -> Part?
  ) -> Figure { collected(figures, property: nil, of: part) }

  private static func collected<Part: Sendable>(
    _ figures: [Figure<Part>], property: (any AnyKeyPath & Sendable)?,
    of part: @escaping @Sendable (Root) -> Part?,
    join: @escaping @Sendable (inout Root, Root) -> Void = { _, _ in }
  ) -> Figure {
    let declarations = figures.flatMap(\.declarations)
    let distributions = figures.flatMap(\.distributions).map { inner in
      NamedDistribution<Root>(stem: inner.stem, meaning: inner.meaning) { root in
        part(root).flatMap { inner.read($0) }
      }
    }
    return Figure(
      declarations, distributions: distributions, property: property,
      values: { root in
        guard let found = part(root) else {
          return Array(repeating: nil, count: declarations.count)
        }
        return figures.flatMap { $0.read(values: found) }
      }, join: join)
  }
}

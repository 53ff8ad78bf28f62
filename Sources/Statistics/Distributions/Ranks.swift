/// Ranks from 1 in ascending order; equal values share the mean of their ranks.
struct Ranks {
  /// Twice the rank of each value, in the order given: whole numbers also for shared ranks.
  let doubled: [Int]
  /// The sizes of the groups of equal values, groups of one included.
  let groups: [Int]

  init(_ values: [Double]) {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var doubled = [Int](repeating: 0, count: values.count)
    var groups: [Int] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { doubled[order[place]] = start + 1 + end }
      groups.append(end - start)
      start = end
    }
    self.doubled = doubled
    self.groups = groups
  }

  /// The sum of t^3 - t over the groups: what ties take from a variance.
  var tieTerm: Double {
    groups.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
  }
}

/// The probability that a whole number drawn from a table of weights is at least, or at most, as
/// large as one that was observed; both count the observed one.
struct TwoTails {
  let lower: Double
  let upper: Double

  /// - Parameter weights: not normalised, by value.
  init(_ weights: [Double], observed: Int) {
    let total = Sample.sum(weights)
    lower = Sample.sum(Array(weights[...observed])) / total
    upper = Sample.sum(Array(weights[observed...])) / total
  }

  /// Twice the smaller tail, at most 1.
  var twoSided: Double { min(1, 2 * min(lower, upper)) }
}

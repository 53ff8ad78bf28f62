/// Which points are no worse than others in everything and better in something.
enum ParetoSet {
  /// For each point the positions of those that dominate it: nowhere larger, and smaller in one
  /// coordinate at least. Points without coordinates dominate nothing.
  ///
  /// - Parameter points: as many coordinates each, smaller being better.
  static func dominators(of points: [[Double]]) -> [[Int]] {
    points.map { point in
      points.indices.filter { other in
        let pairs = zip(points[other], point)
        return pairs.allSatisfy { $0 <= $1 } && pairs.contains { $0 < $1 }
      }
    }
  }
}

/// Holm's step-down adjustment (Holm 1979): keeps the chance of any false claim among many tests
/// at the level of one, whatever their dependence.
public enum Holm {
  /// The adjusted p-values, in the order given: to be compared with the level of the whole family.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, pValues[index] * Double(pValues.count - place)))
      adjusted[index] = largest
    }
    return adjusted
  }
}

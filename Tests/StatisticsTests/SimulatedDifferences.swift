import Chance
import Testing

@testable import Statistics

/// Paired differences of known mean zero, as a comparison may meet them.
enum SimulatedDifferences: String, CaseIterable, CustomTestStringConvertible {
  case normal
  case uniform
  case studentFive = "Student's t with 5 degrees"
  case logNormalHalf = "log-normal, sigma 0.5"
  case exponential
  case logNormalOne = "log-normal, sigma 1"

  var testDescription: String { rawValue }

  /// `count` draws.
  func draw(_ count: Int, _ random: inout RandomStream) -> [Double] {
    (0..<count).map { _ in value(&random) }
  }

  private func value(_ random: inout RandomStream) -> Double {
    switch self {
    case .normal: return Self.normal(&random)
    case .uniform: return random.uniform() - 0.5
    case .studentFive:
      let above = Self.normal(&random)
      let squares = (0..<5).reduce(0.0) { sum, _ in
        let value = Self.normal(&random)
        return sum + value * value
      }
      return above / (squares / 5).squareRoot()
    case .logNormalHalf:
      return PortableMath.exp(0.5 * Self.normal(&random)) - PortableMath.exp(0.125)
    case .exponential: return -PortableMath.ln(1 - random.uniform()) - 1
    case .logNormalOne: return PortableMath.exp(Self.normal(&random)) - PortableMath.exp(0.5)
    }
  }

  private static func normal(_ random: inout RandomStream) -> Double {
    NormalDistribution.quantile(random.uniform() + 0x1p-54)
  }
}

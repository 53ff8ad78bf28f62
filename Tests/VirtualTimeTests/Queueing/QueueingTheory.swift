import Chance
import VirtualTime

/// Formulas of queueing theory (Kleinrock 1975), times in seconds and rates per second.
enum QueueingTheory {
  /// Mean wait in M/M/c (Erlang C).
  static func waitMMc(arrivals: Double, service: Double, servers: Int) -> Double {
    let offered = arrivals * service
    var term = 1.0
    var sum = 1.0
    for k in 1..<max(servers, 1) {
      term *= offered / Double(k)
      sum += term
    }
    term *= offered / Double(servers)
    let utilisation = offered / Double(servers)
    let waiting = term / (1 - utilisation)
    return waiting / (sum + waiting) * service / (Double(servers) * (1 - utilisation))
  }

  /// Mean wait in M/G/1 (Pollaczek and Khinchine).
  static func waitMG1(arrivals: Double, mean: Double, secondMoment: Double) -> Double {
    arrivals * secondMoment / (2 * (1 - arrivals * mean))
  }

  /// Mean waits in M/M/1 whose first class goes before the second and interrupts nobody (Cobham
  /// 1954).
  static func waitsWithPriority(
    _ first: (arrivals: Double, service: Double), _ second: (arrivals: Double, service: Double)
  ) -> (Double, Double) {
    let (one, two) = (first.arrivals * first.service, second.arrivals * second.service)
    let residual = one * first.service + two * second.service
    return (residual / (1 - one), residual / ((1 - one) * (1 - one - two)))
  }
}

extension Traffic {
  /// Poisson arrivals with exponential service times of a mean in seconds.
  static func markov(
    _ name: String = "customers", rate: Double, service: Double, priority: Int = 0
  ) -> Traffic {
    Traffic(
      name: name, rate: rate, service: .exponential(Exponential(mean: service * 1e9)),
      priority: priority)
  }
}

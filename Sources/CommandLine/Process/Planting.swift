import Plants
import Simulator

/// What the environment says of plants. A build that carries none knows nothing of them: the
/// variable then means nothing, like any other unknown one.
enum Planting {
  #if PLANTS
    /// Variables that mean something.
    static let variables = [Plant.variable]

    /// Wakes the plant that the environment names, and tells so: what runs then is not sound.
    static func wake(_ environment: [String: String], _ console: Console) throws(Failure) {
      if let crash = environment["PLANTED_CRASH"] { PlantedCrash.plan = crash }
      guard let name = environment[Plant.variable] else { return }
      guard Plant.wake(name) else {
        let names = Plant.allCases.map { "\($0)" }
        throw .usage("\(Plant.variable): there is no plant \(quoted(name))\(hint(name, names))")
      }
      console.tell("settlesim: planted: \(name)")
    }
  #else
    static let variables: [String] = []

    static func wake(_ environment: [String: String], _ console: Console) throws(Failure) {}
  #endif
}

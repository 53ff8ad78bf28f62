import Scenario
import Testing

@testable import Pipeline

@Suite("A simulation from beginning to end")
struct SimulationTests {
  @Test("a simulation that has ended and was closed gives its memory back")
  func memory() throws {
    weak var shared: CellShared?
    weak var cell: Cell?
    try {
      let deployment = try deployment {
        $0.merchants.count = 10
        $0.time.duration = .seconds(600)
        var workload = GeneratedWorkload()
        workload.volume = .payments(50)
        $0.workload.source = .generated(workload)
      }
      guard case .generated(let workload) = deployment.settings.workload.source else { return }
      let simulation = Simulation(deployment, work: .generated(workload))
      #expect(simulation.run(threads: 1))
      simulation.close()
      cell = simulation.cells[0]
      shared = cell?.shared
      #expect(cell != nil && shared != nil)
    }()
    #expect(cell == nil && shared == nil)
  }
}

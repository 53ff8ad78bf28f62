import Plants
import Testing

/// A kind of fault, and the plants that bring it about, each at another place.
struct PlantKind: Sendable, CustomTestStringConvertible {
  let meaning: String
  let plantings: [Planting]

  init(_ meaning: String, _ plantings: [Planting]) {
    self.meaning = meaning
    self.plantings = plantings
  }

  var testDescription: String { meaning }
}

/// A plant, a run that comes by it, and the invariant that must name it.
struct Planting: Sendable, CustomTestStringConvertible {
  let plant: Plant
  let day: PlantDay
  let invariant: String

  init(_ plant: Plant, on day: PlantDay, named invariant: String) {
    self.plant = plant
    self.day = day
    self.invariant = invariant
  }

  var testDescription: String { "\(plant)" }
}

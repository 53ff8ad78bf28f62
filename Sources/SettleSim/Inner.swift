/// Keeps a value of the simulator's own modules behind a reference. What other packages store is
/// then as large as a reference whatever those modules declare, so that a change there does not ask
/// them to be compiled anew.
final class Inner<Value: Sendable>: Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}

import CJemalloc
import CommandLine
import Glibc

// Unused pages go back to the system after a tenth of a second. With the ten seconds that jemalloc
// keeps them otherwise, the peak of memory depends on how fast the machine is.
for name in ["arenas.dirty_decay_ms", "arena.0.dirty_decay_ms"] {
  var milliseconds = 100
  _ = mallctl(name, nil, nil, &milliseconds, MemoryLayout<Int>.size)
}

exit(Program(.process()).run().number)

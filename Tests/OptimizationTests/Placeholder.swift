enum OptimizationTestsPlaceholder {}

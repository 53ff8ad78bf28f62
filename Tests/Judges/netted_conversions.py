"""Least cost of conversions, one line for each line of standard input.

A line holds the surplus of each currency in dollars, and the quoted pairs with their basis points:
`10 -3.5 -6.5;0 1 2.5,1 2 3`. Solved as a linear program by HiGHS through scipy.
"""

import sys

import numpy
from scipy.optimize import linprog

for line in sys.stdin:
    surpluses, pairs = line.strip().split(";")
    surplus = numpy.array([float(word) for word in surpluses.split()])
    quotes = [pair.split() for pair in pairs.split(",")]
    balance = numpy.zeros((len(surplus), 2 * len(quotes)))
    cost = numpy.zeros(2 * len(quotes))
    for column, (first, second, basis_points) in enumerate(quotes):
        for offset, (source, target) in enumerate([(int(first), int(second)), (int(second), int(first))]):
            balance[source, 2 * column + offset] = 1
            balance[target, 2 * column + offset] = -1
            cost[2 * column + offset] = float(basis_points) / 10_000
    # The last balance follows from the others.
    result = linprog(cost, A_eq=balance[:-1], b_eq=surplus[:-1], method="highs")
    print(repr(float(result.fun)))

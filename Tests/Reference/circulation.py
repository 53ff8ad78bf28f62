#!/usr/bin/env python3
"""Judge of obligation clearing: the optimum of each instance by OR-tools' min-cost flow.

Reads a JSON array of instances from standard input, each
    {"participants": n, "liquidity": [...], "obligations": [[payer, payee, amount], ...]}
and writes as many lines to standard output, each the largest total that can be cleared and the
least liquidity that it takes.
"""

import json
import sys

import numpy
from ortools.graph.python import min_cost_flow

# Clearing one unit outweighs any saving of liquidity along one loop, by far.
CLEARED, LIQUIDITY = -1_000, 1


def optimum(instance):
    participants = instance["participants"]
    reservoir = participants
    obligations = instance["obligations"]
    unlimited = sum(amount for _, _, amount in obligations)
    arcs = [(payer, payee, amount, CLEARED) for payer, payee, amount in obligations]
    for participant, own in enumerate(instance["liquidity"]):
        arcs.append((participant, reservoir, unlimited, 0))
        arcs.append((reservoir, participant, min(own, unlimited), LIQUIDITY))
    tails, heads, capacities, costs = (
        numpy.array(column, dtype=numpy.int64) for column in zip(*arcs)
    )
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    nodes = numpy.arange(participants + 1)
    solver.set_nodes_supplies(nodes, numpy.zeros(participants + 1, dtype=numpy.int64))
    status = solver.solve()
    if status != solver.OPTIMAL:
        sys.exit(f"OR-tools ended with {status}, an optimum was expected")
    flows = [int(solver.flow(arc)) for arc in range(len(arcs))]
    cleared = sum(flows[: len(obligations)])
    used = sum(flow for flow, (*_, cost) in zip(flows, arcs) if cost == LIQUIDITY)
    return cleared, used


for instance in json.load(sys.stdin):
    print(*optimum(instance))

"""The tandem work in SimPy, process style: see tandem.cpp for what is simulated.

usage: tandem_simpy.py [PAYMENTS] [SEED]
"""

import random
import sys
import time

import simpy

ARRIVALS_PER_SECOND = 57.87
STATION_MEANS = (1.0, 2.0, 30.0, 5.0, 2.0)
FIFO_MEAN = 0.1207
FIFO_SERVERS = 10
EVENTS_PER_PAYMENT = 7


class Tandem:
    def __init__(self, payments, seed):
        self.payments = payments
        self.random = random.Random(seed)
        self.environment = simpy.Environment()
        self.fifo = simpy.Resource(self.environment, capacity=FIFO_SERVERS)
        self.completed = 0
        self.total_latency = 0.0

    def arrivals(self):
        for _ in range(self.payments):
            yield self.environment.timeout(self.random.expovariate(ARRIVALS_PER_SECOND))
            self.environment.process(self.payment())

    def payment(self):
        environment, draw = self.environment, self.random.expovariate
        arrived = environment.now
        for mean in STATION_MEANS:
            yield environment.timeout(draw(1 / mean))
        with self.fifo.request() as request:
            yield request
            yield environment.timeout(draw(1 / FIFO_MEAN))
        self.completed += 1
        self.total_latency += environment.now - arrived

    def run(self):
        self.environment.process(self.arrivals())
        self.environment.run()


def main():
    payments = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    tandem = Tandem(payments, seed)
    start = time.perf_counter()
    tandem.run()
    wall = time.perf_counter() - start
    mean = tandem.total_latency / max(tandem.completed, 1)
    print(
        f"tandem payments {tandem.completed} events {EVENTS_PER_PAYMENT * tandem.completed}"
        f" mean_latency_s {mean:.4f} wall_s {wall:.3f}"
        f" payments_per_s {tandem.completed / wall:.0f}"
    )
    return 0 if tandem.completed == payments else 1


if __name__ == "__main__":
    sys.exit(main())

// The tandem work as a hand-written event loop: the yardstick for the Swift kernel.
//
// Payments arrive as a Poisson process at 57.87/s (five million a day). Each passes five
// infinite-server stations with exponential times of mean 1, 2, 30, 5 and 2 s, then a FIFO station
// of ten servers with exponential times of mean 0.1207 s. That is seven events a payment: the
// arrival, five departures, and the departure from the FIFO station.
//
// The loop is what a careful person writes first, and nothing more: one binary heap ordered by
// (time, sequence), an arrival schedules the next arrival, a departure schedules the next
// departure, nothing is computed ahead or sorted beforehand. Time is integer nanoseconds.
//
//   tandem [PAYMENTS] [SEED]

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <queue>
#include <vector>

namespace {

constexpr double arrivalsPerSecond = 57.87;
constexpr double stationMeans[] = {1, 2, 30, 5, 2};
constexpr int stations = 5;
constexpr double fifoMean = 0.1207;
constexpr int fifoServers = 10;

// What happens at an event: 0 is an arrival, 1...5 the departure from that station, 6 the departure
// from the FIFO station.
struct Event {
  int64_t time;
  uint64_t sequence;
  int64_t arrived;
  int32_t step;
};

struct Later {
  bool operator()(const Event &a, const Event &b) const {
    return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
  }
};

// SplitMix64.
struct Random {
  uint64_t state;
  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  int64_t exponential(double mean) {
    double uniform = static_cast<double>(next() >> 11) * 0x1p-53;
    return static_cast<int64_t>(-std::log(1 - uniform) * mean * 1e9);
  }
};

class Tandem {
public:
  Tandem(uint64_t payments, uint64_t seed) : remaining(payments), random{seed} {}

  void run() {
    if (remaining == 0) return;
    remaining--;
    schedule(random.exponential(1 / arrivalsPerSecond), 0, 0);
    while (!queue.empty()) {
      Event event = queue.top();
      queue.pop();
      events++;
      handle(event);
    }
  }

  uint64_t events = 0;
  uint64_t completed = 0;
  double totalLatency = 0;  // nanoseconds

private:
  void handle(const Event &event) {
    if (event.step == 0) {
      if (remaining > 0) {
        remaining--;
        schedule(event.time + random.exponential(1 / arrivalsPerSecond), 0, 0);
      }
      schedule(event.time + random.exponential(stationMeans[0]), event.time, 1);
    } else if (event.step < stations) {
      int64_t service = random.exponential(stationMeans[event.step]);
      schedule(event.time + service, event.arrived, event.step + 1);
    } else if (event.step == stations) {
      if (busy < fifoServers) {
        busy++;
        schedule(event.time + random.exponential(fifoMean), event.arrived, stations + 1);
      } else {
        waiting.push_back(event.arrived);
      }
    } else {
      completed++;
      totalLatency += static_cast<double>(event.time - event.arrived);
      if (waiting.empty()) {
        busy--;
      } else {
        int64_t arrived = waiting.front();
        waiting.pop_front();
        schedule(event.time + random.exponential(fifoMean), arrived, stations + 1);
      }
    }
  }

  void schedule(int64_t time, int64_t arrived, int32_t step) {
    queue.push(Event{time, sequence++, arrived, step});
  }

  std::priority_queue<Event, std::vector<Event>, Later> queue;
  std::deque<int64_t> waiting;
  uint64_t remaining;
  uint64_t sequence = 0;
  int busy = 0;
  Random random;
};

}  // namespace

int main(int count, char **arguments) {
  uint64_t payments = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 5'000'000;
  uint64_t seed = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1;
  Tandem tandem(payments, seed);
  auto start = std::chrono::steady_clock::now();
  tandem.run();
  std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  double mean = tandem.completed ? tandem.totalLatency / 1e9 / double(tandem.completed) : 0;
  std::printf(
      "tandem payments %llu events %llu mean_latency_s %.4f wall_s %.3f events_per_s %.0f\n",
      static_cast<unsigned long long>(tandem.completed),
      static_cast<unsigned long long>(tandem.events), mean, wall.count(),
      double(tandem.events) / wall.count());
  return tandem.completed == payments && tandem.events == 7 * payments ? 0 : 1;
}

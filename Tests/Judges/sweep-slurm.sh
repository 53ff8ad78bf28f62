#!/bin/bash
# A sweep shared out over a Slurm of two nodes, both played by this machine on loopback, against the
# same sweep run in one process: the merged files must be the same byte for byte.
#
# usage: sweep-slurm.sh SETTLESIM SCENARIO
#
# Prints a line for each thing that holds; ends with 1 where one does not, and with 77 and a line
# `skipped: ...` where Slurm cannot run here. All daemons and files are gone afterwards.
set -u

program=$(realpath "$1")
scenario=$(realpath "$2")
skip() { echo "skipped: $1"; exit 77; }

for tool in slurmctld slurmd sbatch sinfo setsid; do
  command -v "$tool" >/dev/null || skip "there is no $tool; Debian has it in slurm-wlm"
done
[ "$(id -u)" -eq 0 ] || skip "slurmd needs to be root"

place=$(mktemp -d)
daemons=()
failures=0

# Ends each daemon with what it started; each leads a session of its own.
clean_up() {
  # The shell would tell of every daemon that it ended.
  exec 2>/dev/null
  for daemon in "${daemons[@]}"; do kill -TERM "$daemon" 2>/dev/null; done
  for _ in $(seq 20); do
    alive=
    for daemon in "${daemons[@]}"; do kill -0 "$daemon" 2>/dev/null && alive=1; done
    [ -n "$alive" ] || break
    sleep 0.1
  done
  for daemon in "${daemons[@]}"; do kill -KILL -- "-$daemon" 2>/dev/null; done
  # A step of a job leads a session of its own; it is known by the configuration that only it has.
  for environ in /proc/[0-9]*/environ; do
    if grep -qz "^SLURM_CONF=$place/slurm.conf$" "$environ" 2>/dev/null; then
      process=${environ#/proc/}
      process=${process%/environ}
      [ "$process" -eq $$ ] || [ "$process" -eq "$BASHPID" ] || kill -KILL "$process" 2>/dev/null
    fi
  done
  wait 2>/dev/null
  rm -rf "$place"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# holds NAME COMMAND...
holds() {
  local name=$1
  shift
  if "$@" >"$place/log" 2>&1; then
    echo "holds: $name"
  else
    echo "fails: $name: exit $?: $(tail -n 3 "$place/log" | tr '\n' ' ')"
    failures=1
  fi
}

# ends CODE COMMAND...: whether the command ends with this code.
ends() {
  local wanted=$1 code=0
  shift
  "$@" || code=$?
  echo "ended with $code"
  [ "$code" -eq "$wanted" ]
}

same() { cmp "$1/points.csv" "$2/points.csv" && cmp "$1/points.json" "$2/points.json" \
  && cmp "$1/summary.json" "$2/summary.json"; }

# Three ports that nobody listens on, from a place that depends on the process.
ports=()
candidate=$((20000 + $$ % 20000))
while [ "${#ports[@]}" -lt 3 ]; do
  candidate=$((candidate + 1))
  (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || ports+=("$candidate")
done

mkdir -p "$place/state" "$place/spool/n1" "$place/spool/n2" "$place/run"
cat >"$place/slurm.conf" <<CONFIGURATION
ClusterName=loopback
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/linear
MpiDefault=none
ReturnToService=2
SlurmctldPort=${ports[0]}
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool/%n
SlurmctldPidFile=$place/run/slurmctld.pid
SlurmdPidFile=$place/run/slurmd.%n.pid
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_min_interval=100000
NodeName=n1 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=${ports[1]} CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=${ports[2]} CPUs=1 State=UNKNOWN
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONFIGURATION
export SLURM_CONF=$place/slurm.conf

setsid slurmctld -D -i >"$place/slurmctld.log" 2>&1 &
daemons+=($!)
for node in n1 n2; do
  setsid slurmd -D -N "$node" >"$place/slurmd.$node.log" 2>&1 &
  daemons+=($!)
done

# The nodes are up within a few seconds or not at all.
for _ in $(seq 100); do
  [ "$(sinfo --noheader --Node --states=idle --format=%N 2>/dev/null | wc -l)" -eq 2 ] && break
  sleep 0.1
done
if [ "$(sinfo --noheader --Node --states=idle --format=%N 2>/dev/null | wc -l)" -ne 2 ]; then
  skip "the two nodes do not come up: $(tail -qn 2 "$place"/*.log | tr '\n' ' ')"
fi

cd "$place" || exit 1
sweep=("$program" sweep "$scenario" --vary "settlement.strategy=merchant_day,fixed_window"
  --vary "merchants.count=lhs 5..15" --samples 3 --quiet --threads 1)

# What a task of an array does: its arguments are the command, and an %a in them is its id.
cat >job.sh <<'TASK'
#!/bin/bash
echo "$SLURMD_NODENAME" >>nodes
exec "${@//%a/$SLURM_ARRAY_TASK_ID}"
TASK

# submit ARRAY WORD...: runs the sweep with these words as a job array; the highest exit code.
submit() {
  local array=$1
  shift
  sbatch --quiet --wait --array="$array" --output="task-%a.out" job.sh "${sweep[@]}" "$@"
}

both_nodes() { grep -qx n1 nodes && grep -qx n2 nodes; }
shards() { [ "$(echo "$1"/shards/*)" = "$2" ]; }
common="common/shards/1-of-4.json common/shards/2-of-4.json common/shards/3-of-4.json"
common+=" common/shards/4-of-4.json"

holds "one process runs the whole sweep" "${sweep[@]}" --output whole
holds "tasks 1-4 run a shard each into one directory" submit 1-4 --output common
holds "every shard has finished" shards common "$common"
holds "both nodes took part" both_nodes
holds "the shards merge" "$program" sweep merge common --quiet
holds "their bytes are those of the whole" same whole common
holds "tasks 0-2 run a shard each into a directory of its own" submit 0-2 --output apart-%a
holds "without one of them the merge is refused" \
  ends 65 "$program" sweep merge apart-2 apart-0 --quiet --output merged
holds "the three merge" "$program" sweep merge apart-2 apart-0 apart-1 --quiet --output merged
holds "their bytes are those of the whole as well" same whole merged
holds "sbatch --wait keeps the exit code of a missed threshold" \
  ends 99 submit 7-7 --output missed --set 'thresholds=["payments.settled <= 1"]'
holds "an array with gaps is refused" ends 64 submit 1,2,4 --output gaps
exit $failures

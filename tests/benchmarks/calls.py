"""Whole calls against the real server, compared with what any webhook costs at least.

  python -m tests.benchmarks.calls                            SQLite, synchronous=NORMAL
  python -m tests.benchmarks.calls --database sqlite-full     SQLite, synchronous=FULL
  python -m tests.benchmarks.calls --database postgresql      PostgreSQL: TEST_DATABASE_URL, else one from a wheel
  python -m tests.benchmarks.calls --open-loop                20 calls a second, come what may
  python -m tests.benchmarks.calls --lookups                  indexed look-ups in small and in large tables

A call is ten signed webhooks: ring-in, language, ticket number, confirmation (claims the ticket, rings Level 1), the
screening of the manager's phone, acceptance, the end of the manager's leg, the end of the talk, "resolved", the end of
the call. Each load process places one call after the other, each on a ticket of its own, every webhook over a fresh
connection, as gunicorn's sync workers close theirs. Requests are built and signed before the clock starts, except the
two that carry the id of the ring, which only an earlier answer tells: these are signed between two measurements, and
what that costs is printed. Status and words of every answer are checked. Floors get the same form from the same load:
(a) answers a constant document, (c) checks the signature and builds a document with the vendor's library.

After the rounds the stored rows are counted again over a connection of their own. Then everybody phones about the same
ticket and confirms at the same moment, and exactly one may win. The command fails when anything is wrong, never because
something is slow. Only ratios are worth keeping: the machine's speed is in everything else. "server" and "load" are
processor time for each webhook in microseconds, of the server's workers and of the load; both share the machine.
"""

import argparse
from collections.abc import Sequence

from tests.benchmarks import lookups, report
from tests.benchmarks.bench import Bench, running
from tests.benchmarks.databases import KINDS, Database
from tests.benchmarks.signed import check_the_signer

AIMS = {"sqlite": 0.5, "sqlite-full": 0.3, "postgresql": 0.3}
"""Calls against floor (c), both in webhooks a second."""
AIM_STEADY = 0.025
"""Open loop: seconds that 99 of 100 webhooks are answered within."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 when an answer or the recount was wrong."""
    options = _options(arguments)
    check_the_signer()
    if options.lookups:
        print(lookups.compared(options.database, options.rows))
        return 0
    with running(options) as (bench, store):
        print(_title(options, store), flush=True)
        bench.warm_up()
        (_open_loop if options.open_loop else _closed_loop)(bench, options)
        calls = bench.recount()
        print(f"recount from another connection: {calls} calls, {calls} attempts, each on a ticket of its own")
        contest = bench.contest(options.contended)
        print(f"{options.contended} tickets claimed by {options.concurrency} callers at once: one winner each; "
              f"p50, p99, max ms {report.latencies(contest.seconds)}")
    for fault in bench.faults[:20]:
        print("WRONG:", fault)
    return 1 if bench.faults else 0


def _closed_loop(bench: Bench, options: argparse.Namespace) -> None:
    rounds = [
        (bench.floor_a(options.seconds), bench.floor_c(options.seconds), bench.calls(options.seconds))
        for _ in range(options.rounds)
    ]
    a, c, calls = ([each[place] for each in rounds] for place in range(3))
    print(report.table({"floor (a)": a, "floor (c)": c, "webhooks": calls}))
    print(report.calls(calls), end="\n\n")
    print(report.by_webhook(calls), end="\n\n")
    print(report.ratio("webhooks / floor (a)", calls, a))
    print(report.ratio("webhooks / floor (c)", calls, c, AIMS[options.database]))


def _open_loop(bench: Bench, options: argparse.Namespace) -> None:
    rounds = [(bench.steady_floor(options.seconds), bench.steady_calls(options.seconds)) for _ in range(options.rounds)]
    c, calls = ([each[place] for each in rounds] for place in range(2))
    print(report.table({"floor (c)": c, "webhooks": calls}))
    print(report.calls(calls), end="\n\n")
    print(report.by_webhook(calls), end="\n\n")
    print(report.steady(calls, c, AIM_STEADY))


def _title(options: argparse.Namespace, store: Database) -> str:
    loop = f"open loop, {options.calls_per_second} calls/s" if options.open_loop else f"C = {options.concurrency}"
    return (
        f"{options.database} ({store.durability}); gunicorn {options.worker_class} x {options.workers}; {loop}; "
        f"{options.rounds} rounds of {options.seconds:g} s of each"
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.calls", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    option = parser.add_argument
    option("--database", choices=KINDS, default="sqlite", help="where the line remembers (sqlite)")
    option("--rounds", type=int, default=5, help="interleaved rounds of floor (a), floor (c), calls (5)")
    option("--seconds", type=float, default=4.0, help="length of each stretch of load (4)")
    option("--concurrency", type=int, default=16, help="load processes in the closed loop, C (16)")
    option("--workers", type=int, default=2, help="server processes (2)")
    option("--worker-class", default="sync", help="gunicorn's worker class, for floors and line alike (sync)")
    option("--tickets", type=int, default=30_000, help="tickets stored beforehand; each call uses one up (30000)")
    option("--contended", type=int, default=20, help="tickets that everybody claims at the same moment (20)")
    option("--open-loop", action="store_true", help="calls come in by themselves, at random moments")
    option("--calls-per-second", type=float, default=20.0, help="how many, on average, in the open loop (20)")
    option("--lookups", action="store_true", help="time look-ups by index instead of calls")
    option("--rows", type=int, nargs="+", default=[10_000, 1_000_000], help="table sizes (10000 1000000)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())

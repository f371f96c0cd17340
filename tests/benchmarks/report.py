"""The printed tables. Ratios are taken round by round, against the floor measured seconds before; medians are shown."""

from collections.abc import Mapping, Sequence
from statistics import median

from tests.benchmarks.phases import Phase
from tests.benchmarks.script import WEBHOOKS

NOISY = 2.0
"""What differs by more than this factor between rounds says nothing."""
MS, MICROS = 1e3, 1e6


def quantile(seconds: Sequence[float], share: float) -> float:
    """The value that ``share`` of ``seconds`` do not exceed."""
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def latencies(seconds: Sequence[float]) -> str:
    """Median, 99th percentile and worst, in milliseconds."""
    return " ".join(f"{each * MS:8.1f}" for each in (median(seconds), quantile(seconds, 0.99), max(seconds)))


def table(kinds: Mapping[str, Sequence[Phase]]) -> str:
    """Rates, latencies and processor time of each kind of phase."""
    head = f"{'':10} {'per second (min-max)':>24} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} {'server':>8} {'load':>8}"
    return "\n".join([head, *(_row(name, phases) for name, phases in kinds.items())])


def _row(name: str, phases: Sequence[Phase]) -> str:
    seconds = [each for phase in phases for each in phase.all_seconds]
    rate = _spread([phase.rate for phase in phases], 0)
    server = median(phase.server_cpu for phase in phases) * MICROS
    load = median(phase.generator_cpu for phase in phases) * MICROS
    return f"{name:10} {rate:>24} {latencies(seconds)} {server:8.0f} {load:8.0f}"


def calls(phases: Sequence[Phase]) -> str:
    """Whole calls a second, and what signing between the measurements cost."""
    signing = median(phase.signing for phase in phases) * MICROS
    rate = _spread([phase.rate / WEBHOOKS for phase in phases], 1)
    return f"{'calls':10} {rate:>24}   (two webhooks of each signed outside the measured times, {signing:.0f} µs each)"


def by_webhook(phases: Sequence[Phase]) -> str:
    """Latencies of each webhook of a call."""
    rows = [f"{'':16} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8}"]
    for name in phases[0].seconds:
        rows.append(f"{name:16} {latencies([each for phase in phases for each in phase.seconds[name]])}")
    return "\n".join(rows)


def ratio(name: str, of: Sequence[Phase], to: Sequence[Phase], aim: float | None = None) -> str:
    """How fast ``of`` is compared with ``to``, and whether that is what we aim at."""
    ratios = [each.rate / other.rate for each, other in zip(of, to, strict=True)]
    judged = "" if aim is None else f"   aim {aim:g}: {'reached' if median(ratios) >= aim else 'missed'}"
    return f"{name:22} {_spread(ratios, 2)}{judged}{_noise(ratios)}"


def steady(of: Sequence[Phase], floor: Sequence[Phase], aim: float) -> str:
    """The 99th percentile of a line that is not saturated, beside that of the floor; and how late the load itself was:
    a machine busy with other things delays both."""
    late = [lag for phase in of for lag in phase.lags]
    p99s = [quantile(phase.all_seconds, 0.99) * MS for phase in of]
    floors = [quantile(phase.all_seconds, 0.99) * MS for phase in floor]
    judged = "reached" if median(p99s) <= aim * MS else "missed"
    return (
        f"p99 {_spread(p99s, 1)} ms   aim {aim * MS:g}: {judged}{_noise(p99s)}\n"
        f"p99 of floor (c) {_spread(floors, 1)} ms; the load woke up late by {quantile(late, 0.99) * MS:.1f} ms (p99)"
    )


def _noise(values: Sequence[float]) -> str:
    return "   too noisy to judge" if max(values) > NOISY * min(values) else ""


def _spread(values: Sequence[float], digits: int) -> str:
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"

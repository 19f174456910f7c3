"""Load, complete one user task, save: in the middle of a case, without a database."""

import statistics
import time
from typing import Any

import zstandard

from benchmarks.case import AFTER, BEFORE, MEASURED, Engine
from benchmarks.ours import Ours
from benchmarks.stock import Stock

#: What the ratio must be at least.
TARGET = 4.0


def measure(rounds: int) -> dict[str, Any]:
    """CPU time of the measured step on both engines in turn, and the bytes of the case; prints what it finds."""
    stock, ours = Stock(), Ours()
    states = {"stock": reach(stock), "ours": reach(ours)}
    same_way(stock, ours, states)
    times: dict[str, list[float]] = {"stock": [], "ours": []}
    for _ in range(rounds):
        for name, engine in (("stock", stock), ("ours", ours)):
            times[name].append(_timed(engine, states[name]))
    found = {
        "step_ms": {name: round(statistics.median(each), 4) for name, each in times.items()},
        "best_ms": {name: round(min(each), 4) for name, each in times.items()},
        "ratio": round(statistics.median(times["stock"]) / statistics.median(times["ours"]), 2),
        "bytes": {name: len(state) for name, state in states.items()},
        "stock_bytes_compressed": len(zstandard.ZstdCompressor(level=3).compress(states["stock"])),
        "rounds": rounds,
    }
    _print(found)
    return found


def reach(engine: Engine) -> bytes:
    """The state of a case before the measured step."""
    state = engine.start()
    for element, values in BEFORE:
        state = engine.step(state, element, values)
    return state


def same_way(stock: Engine, ours: Engine, states: dict[str, bytes]) -> None:
    """Make sure that both engines do the same from here to the end. Raises RuntimeError when they do not."""
    ahead = [MEASURED, *AFTER]
    first, second = states["stock"], states["ours"]
    for element, values in ahead:
        first, second = stock.step(first, element, values), ours.step(second, element, values)
        if stock.open(first) != ours.open(second):
            raise RuntimeError(f"after {element}: {stock.open(first)} is open in one, {ours.open(second)} in the other")


def _timed(engine: Engine, state: bytes) -> float:
    began = time.process_time_ns()
    engine.step(state, *MEASURED)
    return (time.process_time_ns() - began) / 1e6


def _print(found: dict[str, Any]) -> None:
    step, size = found["step_ms"], found["bytes"]
    print("Load, complete one user task, save (42 steps, mid-case; CPU ms, median of", f"{found['rounds']} in turn)")
    print(f"  stock SpiffWorkflow  {step['stock']:8.3f} ms  {size['stock']:>7} bytes per case")
    print(f"  this engine          {step['ours']:8.3f} ms  {size['ours']:>7} bytes per case")
    verdict = "as wanted" if found["ratio"] >= TARGET else f"below the {TARGET} wanted"
    smaller, packed = size["stock"] / size["ours"], found["stock_bytes_compressed"] / size["ours"]
    print(f"  {found['ratio']:.1f} times as fast ({verdict})")
    print(f"  {smaller:.1f} times as small ({packed:.1f} times where the stock state is compressed as ours is)")

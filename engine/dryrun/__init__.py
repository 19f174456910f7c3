"""Run a model against scripted answers in virtual time: process tests, simulation, `flask process run`.

Nothing is stored. Work for topics is taken as done, messages that the model itself throws are delivered, and time jumps
from timer to timer.
"""

from engine.dryrun.answers import run_to_rest
from engine.dryrun.remarks import Remark, remarks
from engine.dryrun.run import DryRun
from engine.dryrun.trace import Models, OpenTask, Trace

__all__ = ["DryRun", "Models", "OpenTask", "Remark", "Trace", "remarks", "run_to_rest"]

"""`flask process run`: try a model out in virtual time; nothing is stored."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import yaml
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from engine import clock, feel
from engine.bpmn import reader
from engine.bpmn.checks import Known, check
from engine.bpmn.model import Model, Process
from engine.dryrun import DryRun, remarks, run_to_rest
from engine.errors import InvalidInput, InvalidModel, RedressError
from engine.problems import errors_in
from webforms.console.model_files import FILES, print_problems, read_files
from webforms.console.shared import applications, plainly
from webforms.console.stand_ins import completed
from webforms.console.told import Told, as_text, failure_json, plain_json, remark_json, typed, wait_json
from webforms.fields import explained


@click.command("run")
@FILES
@click.option("--process", "process_key", help="Which process, when the files have several.")
@click.option("--vars", "variables", default="{}", help="Start variables as JSON.")
@click.option(
    "--answers", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="YAML or JSON, see below."
)
@click.option("--application", help="Use the functions and the record of this application.")
@click.option(
    "--at", "moment", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"]), help="Virtual start; default: now."
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@with_appcontext
def run(
    paths: tuple[Path, ...],
    process_key: str | None,
    variables: str,
    answers: Path | None,
    application: str | None,
    moment: datetime | None,
    *,
    as_json: bool,
    language: str,
) -> None:
    """Try a model out in virtual time: tasks are answered, work is taken as done, timers are waited for.

    The answers map the id of a task to its values, or to a list of them, one per visit; the name of a message or signal
    that the model waits for to its payload, likewise; the id of a step done by a topic to what the topic gives back, or
    to {"error": code} for the BPMN error with which it fails. Tasks without an answer are completed with the defaults
    of their form. A process that is called and a decision that is asked for, but not there, end at once and give
    nothing. Of a run that does not end, every token is told with what it waits for. Exit 1 when a step fails.

    Example: flask process run order.bpmn --vars '{"amount": 700}' --answers answers.yaml
    """
    with plainly():
        given, answered = _mapping(variables), _answers(answers)
        model = _model(paths, process_key or "", language)
        key = process_key or _only_process(model)
        model, assumed = completed(model)
        at = moment.replace(tzinfo=clock.zone()) if moment else clock.now()
        known = applications()[application] if application else None
        dry = DryRun(model, model.process(key).key, known, at=at, work=answered)
        told = replace(_try_out(dry, model, key, given, answered, language), assumed=assumed)
    click.echo(json.dumps(asdict(told), ensure_ascii=False) if as_json else as_text(told, language))
    if told.outcome == "failed":
        raise SystemExit(1)


def _try_out(
    dry: DryRun, model: Model, key: str, variables: Mapping[str, Any], answers: Mapping[str, Any], language: str
) -> Told:
    began = dry.now
    try:
        dry.start(variables)
        outcome = run_to_rest(dry, answers)
        by = dry.outcome
    except RedressError as error:
        outcome, by = "failed", _message(error, language)
    return Told(
        process=key,
        outcome=outcome,
        by=by,
        path=dry.trace.path,
        waits_for=[wait_json(each, language) for each in dry.waits],
        elapsed=feel.to_text(dry.now - began),
        variables={name: plain_json(value) for name, value in dry.variables().items()} if dry.execution else {},
        failure=failure_json(dry.failure, by, language) if dry.failure else None,
        remarks=[remark_json(each, language) for each in remarks(dry, model, answers, outcome)],
    )


def _message(error: RedressError, language: str) -> str:
    """What an error says; in Chinese where the program stands with its catalogues."""
    if language == "en" or "babel" not in current_app.extensions:
        return error.message
    with force_locale(language):
        return explained(error)


def _model(paths: tuple[Path, ...], rehearsed: str, language: str) -> Model:
    """The model of the files, of which `rehearsed` will run. Raises InvalidModel after printing its errors."""
    files = read_files(paths)
    found = errors_in(check(files, Known.anything(), rehearsed=rehearsed))
    if found:
        print_problems(found, language, err=True)
        raise InvalidModel(list(found))
    return reader.read(files)


def _only_process(model: Model) -> str:
    """The process that no other one calls, an executable one if there is any; of several, the one that nothing starts.

    Raises InvalidInput when there are several, or none.
    """
    processes = {process.key: process for process in model.processes.values() if process.elements}
    executable = {key: process for key, process in processes.items() if process.is_executable} or processes
    called = {element.called for process in executable.values() for element in process.elements.values()}
    keys = sorted(executable.keys() - called or executable)
    by_themselves = [key for key in keys if _begins_by_itself(executable[key])]
    keys = by_themselves if len(by_themselves) == 1 else keys
    if not keys:
        raise InvalidInput(why="the files have no process, so there is nothing to run")
    if len(keys) > 1:
        raise InvalidInput(why=f"the files have several processes; choose one with --process: {', '.join(keys)}")
    return keys[0]


def _begins_by_itself(process: Process) -> bool:
    """Whether no message or other event begins the process."""
    starts = [each for each in process.elements.values() if each.tag == "startEvent" and each.parent == process.key]
    return any(start.event.kind == "none" for start in starts)


def _mapping(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise InvalidInput(why=f"--vars is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InvalidInput(why='--vars is not a JSON object like {"amount": 700}')
    return {name: typed(each) for name, each in value.items()}


def _answers(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        value = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        raise InvalidInput(why=f"{path} is not readable YAML or JSON: {' '.join(str(error).split())}") from error
    if not isinstance(value, dict):
        raise InvalidInput(why=f"{path} is not a mapping of task ids and message names to values")
    return {str(name): typed(each) for name, each in value.items()}

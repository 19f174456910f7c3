"""`flask process`: check, deploy, test and try out models."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import yaml
from flask.cli import AppGroup

from engine import clock, commands, definitions, feel, scenarios
from engine.applications import Application
from engine.bpmn import reader
from engine.bpmn.checks import Known, check
from engine.dryrun import DryRun, run_to_rest
from engine.errors import InvalidModel, RedressError
from engine.problems import Problem, Severity, errors_in
from webforms.console.people import OPERATOR
from webforms.console.shared import plainly, site

group = AppGroup("process", help="Models: check, deploy, test, try out.")

Paths = tuple[Path, ...]
FILES = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
SUFFIXES = {".bpmn", ".dmn", ".form"}


@group.command("check")
@FILES
@click.option("--application", help="Check against the topics, groups and record of this application.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def check_files(paths: Paths, application: str | None, *, as_json: bool, language: str) -> None:
    """Print every problem of model files; exit 1 when one of them would refuse a deployment.

    Example: flask process check processes/complaint --application complaint
    """
    with plainly():
        problems = check(_files(paths), _known(application))
    if as_json:
        click.echo(json.dumps([problem.as_dict(language) for problem in problems], ensure_ascii=False, default=str))
    else:
        _print(problems, language)
    if errors_in(problems):
        raise SystemExit(1)


@group.command("deploy")
@FILES
@click.option("--application", required=True, help="The application whose file set this is.")
@click.option("--comment", default="")
def deploy(paths: Paths, application: str, comment: str) -> None:
    """Deploy a complete file set and make it active.

    Example: flask process deploy processes/complaint --application complaint
    """
    here = site()
    with plainly():
        try:
            deployed = commands.deploy(
                here, application, _files(paths), actor=OPERATOR, now=clock.now(), comment=comment
            )
        except InvalidModel as error:
            _print([problem for problem in error.problems if isinstance(problem, Problem)], "en")
            raise
    click.echo(f"version {deployed.number} is active" + ("" if deployed.is_new else " already"))


@group.command("test")
@click.argument("key", required=False)
@click.option("--verbose", is_flag=True, help="Also name what every scenario visited.")
def test(key: str | None, *, verbose: bool) -> None:
    """Run the scenarios of an application, or of all, in virtual time; print what they cover.

    Example: flask process test complaint
    """
    failed = 0
    with plainly():
        for application in _applications(key):
            failed += _test(application, verbose=verbose)
    if failed:
        raise click.ClickException(f"{failed} scenarios failed")


@group.command("run")
@FILES
@click.option("--process", "process_key", help="Which process, when the files have several.")
@click.option("--vars", "variables", default="{}", help="Start variables as JSON.")
@click.option("--answers", type=click.Path(exists=True, path_type=Path), help="YAML or JSON: element id → values.")
@click.option("--application", help="Use the functions and record of this application.")
@click.option("--at", "moment", default=None, help="Virtual start, as 2026-03-10T14:00.")
@click.option("--json", "as_json", is_flag=True)
def run(  # noqa: PLR0913 - the options of the command
    paths: Paths,
    process_key: str | None,
    variables: str,
    answers: Path | None,
    application: str | None,
    moment: str | None,
    *,
    as_json: bool,
) -> None:
    """Try a model out in virtual time: tasks are answered from a file or with defaults, timers waited for.

    Example: flask process run order.bpmn --vars '{"amount": 700}' --answers answers.yaml
    """
    with plainly():
        files = _files(paths)
        found = errors_in(check(files, _known(application)))
        if found:
            _print(found, "en")
            raise InvalidModel(list(found))
        model = reader.read(files)
        key = process_key or next(process.key for process in model.processes.values() if process.is_executable)
        at = datetime.fromisoformat(moment).replace(tzinfo=clock.zone()) if moment else clock.now()
        dry = DryRun(model, key, site().applications[application] if application else None, at=at)
        outcome = _try_out(dry, _mapping(variables), _answers(answers))
    told = {
        "outcome": outcome,
        "ended_by": dry.outcome,
        "path": dry.trace.path,
        "waits_for": [*(task.element_id for task in dry.tasks), *dry.subscriptions],
        "elapsed": feel.to_text(dry.now - at),
        "variables": {name: feel.to_text(value) for name, value in dry.variables().items()},
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=None if as_json else 2))


def _try_out(dry: DryRun, variables: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    dry.start({name: feel.from_python(value) for name, value in variables.items()})
    return run_to_rest(dry, answers)


def _test(application: Application, *, verbose: bool) -> int:
    found = scenarios.load(application.folder / "scenarios")
    model = reader.read(application.model_files())
    results = [scenarios.run(scenario, model, application) for scenario in found]
    for result in results:
        click.echo(f"{'ok  ' if result.passed else 'FAIL'} {result.scenario.file}: {result.scenario.name}")
        for failure in result.failures:
            click.echo(f"       {failure}")
        if verbose:
            click.echo(f"       {', '.join(sorted(result.elements))}")
    keys = [process.key for process in model.processes.values() if process.is_executable]
    covered = scenarios.coverage(results, model, keys)
    click.echo(
        f"{application.key}: {len(results)} scenarios, {covered.elements} elements and {covered.rules} rules,"
        f" coverage {covered.percent:.0f} %"
    )
    for missed in (*covered.missed_elements, *covered.missed_rules):
        click.echo(f"  not covered: {missed}")
    return sum(not result.passed for result in results)


def _applications(key: str | None) -> list[Application]:
    here = site()
    return [here.applications[key]] if key else list(here.applications.values())


def _known(application: str | None) -> Known:
    if application is None:
        return Known.anything()
    here = site()
    with here.database.reading() as session:
        return definitions.known(session, here.applications[application])


def _files(paths: Paths) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.suffix in SUFFIXES)
            found |= {file.relative_to(path).as_posix(): file.read_bytes() for file in inside}
        else:
            found[path.name] = path.read_bytes()
    return found


def _mapping(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise RedressError("--vars is not JSON: {why}", why=str(error)) from error
    if not isinstance(value, dict):
        raise RedressError("--vars is not a JSON object")
    return value


def _answers(path: Path | None) -> Mapping[str, Any]:
    if path is None:
        return {}
    value = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(value, dict):
        raise RedressError("the answers are not a mapping of element ids to values")
    return value


def _print(problems: list[Problem], language: str) -> None:
    for problem in problems:
        sign = {Severity.ERROR: "error  ", Severity.WARNING: "warning", Severity.NOTE: "note   "}[problem.severity]
        place = " ".join(part for part in (problem.file, problem.element_id, problem.element_name) if part)
        click.echo(
            f"{sign} {problem.code} {place}\n        {problem.what(language)}\n        {problem.remedy(language)}"
        )
    click.echo(f"{len(errors_in(problems))} errors, {len(problems) - len(errors_in(problems))} other findings")

"""`flask process check`, `deploy` and `test`."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from engine import clock, commands, definitions, scenarios
from engine.applications import Application
from engine.bpmn import reader
from engine.bpmn.checks import Known, check
from engine.errors import InvalidModel
from engine.problems import Problem, errors_in
from engine.scenarios import Numbered, Result
from webforms.console.model_files import FILES, find_files, print_problems, printable, read_files
from webforms.console.people import OPERATOR
from webforms.console.shared import applications, plainly, site
from webforms.console.trial import run

group = AppGroup("process", help="Models: check, deploy, test, try out.")
group.add_command(run)


@group.command("check")
@FILES
@click.option("--application", help="Check against the topics, groups and record of this application.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def check_files(paths: tuple[Path, ...], application: str | None, *, as_json: bool, language: str) -> None:
    """Print every problem of model files or folders; exit 1 when one of them would refuse a deployment.

    Without --application the files come from outside: what they name and nobody knows here is a warning.

    Example: flask process check processes/complaint --application complaint
    """
    with plainly():
        files, problems = find_files(paths)
        problems += check(files, _known(application)) if files or not problems else []
    if as_json:
        told = json.dumps([problem.as_dict(language) for problem in problems], ensure_ascii=False, default=str)
        click.echo(printable(told))
    else:
        print_problems(problems, language)
    if errors_in(problems):
        raise SystemExit(1)


@group.command("deploy")
@FILES
@click.option("--application", required=True, help="The application whose file set this is.")
@click.option("--comment", default="", help="Why; it stands in the list of versions.")
def deploy(paths: tuple[Path, ...], application: str, comment: str) -> None:
    """Deploy a complete file set and make it active.

    Example: flask process deploy processes/complaint --application complaint
    """
    here = site()
    with plainly():
        try:
            deployed = commands.deploy(
                here, application, read_files(paths), actor=OPERATOR, now=clock.now(), comment=comment
            )
        except InvalidModel as error:
            print_problems([problem for problem in error.problems if isinstance(problem, Problem)], "en", err=True)
            raise
    click.echo(f"version {deployed.number} is active" + ("" if deployed.is_new else " already"))


@group.command("test")
@click.argument("key", required=False)
@click.option("--verbose", is_flag=True, help="Also name what every scenario visited.")
def test(key: str | None, *, verbose: bool) -> None:
    """Run the scenarios of an application, or of all, in virtual time; print what they cover.

    Example: flask process test complaint
    """
    with plainly():
        all_of_them = applications()
        chosen = [all_of_them[key]] if key else list(all_of_them.values())
        failed = sum(_test(application, verbose=verbose) for application in chosen)
    if failed:
        raise click.ClickException(f"{failed} scenarios failed or are missing")


def _test(application: Application, *, verbose: bool) -> int:
    """Run and print; gives how many failed."""
    model = reader.read(application.model_files())
    results = []
    for scenario in scenarios.load(application.folder / "scenarios"):
        results.append(result := scenarios.run(scenario, model, application))
        click.echo(f"{'ok  ' if result.passed else 'FAIL'} {scenario.file}: {scenario.name}")
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
    missing = _told_by_number(scenarios.acceptance(application.folder / "scenarios"), results)
    return sum(not result.passed for result in results) + missing


def _told_by_number(wanted: list[Numbered], results: list[Result]) -> int:
    """Print the acceptance scenarios by number; gives how many are missing."""
    missing = 0
    for each in wanted:
        found = each.of(results)
        if found:
            how = "FAIL" if not all(result.passed for result in found) else f"ok ({len(found)})"
        elif each.elsewhere:
            how = f"elsewhere: {each.elsewhere}"
        else:
            how, missing = "MISSING", missing + 1
        click.echo(f"{each.number:5} {each.name}: {how}")
    return missing


def _known(application: str | None) -> Known:
    if application is None:
        return Known.anything()
    here = site()
    with here.database.reading() as session:
        return definitions.known(session, here.applications[application])

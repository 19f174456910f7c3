"""`flask process check`, `deploy` and `test`."""

import json

from engine import definitions
from tests.applications import model, task
from tests.office import OFFICE


def write(folder, **files):
    """Models in a folder: name → flows through tasks `a` and `b`."""
    folder.mkdir(exist_ok=True)
    for name, flows in files.items():
        elements = "".join(task(key, "clerks") for key in "ab" if f"> {key}" in flows)
        (folder / f"{name}.bpmn").write_bytes(model(elements, flows, name))
    return folder


def codes(result):
    return {(problem["file"], problem["code"]) for problem in json.loads(result.stdout)}


def test_a_good_folder_has_no_error_and_unknown_things_from_outside_are_warnings(flask):
    result = flask("process", "check", OFFICE.folder)

    assert result.exit_code == 0
    assert "warning bpmn.unknown_topic office.bpmn tell" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("0 errors, ")


def test_names_of_the_application_are_known_when_it_is_named(flask):
    result = flask("process", "check", OFFICE.folder, "--application", "office", "--json")

    assert result.exit_code == 0
    assert not {code for _, code in codes(result)} & {"bpmn.unknown_topic", "bpmn.unknown_group"}


def test_all_problems_of_all_files_are_printed(flask, tmp_path):
    folder = write(tmp_path / "models", one="start > a > nowhere", two="start > b > a > nowhere")

    together = flask("process", "check", folder, "--json")
    apart = flask("process", "check", folder / "one.bpmn", folder / "two.bpmn", "--json")

    assert together.exit_code == apart.exit_code == 1
    assert codes(together) == codes(apart)
    assert {file for file, _ in codes(together)} == {"one.bpmn", "two.bpmn"}


def test_problems_are_told_in_both_languages(flask, tmp_path):
    folder = write(tmp_path / "models", one="start > a > nowhere")

    english = flask("process", "check", folder)
    chinese = flask("process", "check", folder, "--language", "zh")

    assert "\nerror   bpmn." in english.stdout
    assert "\n错误      bpmn." in chinese.stdout
    assert "个错误" in chinese.stdout


def test_a_folder_without_models_and_files_of_other_kinds_are_told(flask, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("hello")

    assert "bpmn.no_executable" in flask("process", "check", tmp_path / "empty").stdout
    assert "file.unknown_kind" in flask("process", "check", tmp_path / "notes.txt").stdout


def test_of_two_files_of_one_name_both_are_checked_but_neither_is_deployed(flask, tmp_path):
    paths = [write(tmp_path / each, one="start > a > end") / "one.bpmn" for each in ("x", "y")]

    checked = flask("process", "check", *paths, "--json")
    deployed = flask("process", "deploy", *paths, "--application", "good")

    assert checked.exit_code == 0
    assert {file for file, _ in codes(checked)} == {"one.bpmn", paths[1].as_posix()}
    assert deployed.exit_code == 1
    assert "two of the files are called one.bpmn" in deployed.stderr


def test_files_that_cannot_be_read_are_problems_beside_those_of_the_others(flask, tmp_path):
    junk = tmp_path / "junk.bpmn"
    junk.write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.bpmn").write_bytes(b"")
    (tmp_path / "folder.bpmn").mkdir()
    sound = write(tmp_path / "models", one="start > a > end") / "one.bpmn"

    result = flask(
        "process",
        "check",
        junk,
        tmp_path / "empty.bpmn",
        tmp_path / "gone.bpmn",
        tmp_path / "folder.bpmn",
        sound,
        "--json",
    )

    assert result.exit_code == 1
    assert {("junk.bpmn", "xml.unreadable"), ("empty.bpmn", "xml.unreadable")} <= codes(result)
    assert ("gone.bpmn", "file.unreadable") in codes(result)


def test_what_is_asked_for_wrongly_is_told_in_one_line(flask, tmp_path):
    missing = flask("process", "run", tmp_path / "missing.bpmn")
    assert (missing.exit_code, missing.stderr.count("\n")) == (1, 1)
    result = flask("process", "check", OFFICE.folder, "--application", "nobody")
    assert (result.exit_code, result.stderr) == (1, "Error: There is no application “nobody”.\n")


def test_deploying_makes_a_version_active_and_the_same_again_does_nothing(site, flask, tmp_path):
    folder = write(tmp_path / "models", one="start > a > end")
    (folder / "answer.form").write_text('{"type": "default", "id": "answer", "components": []}')

    first = flask("process", "deploy", folder, "--application", "good", "--comment", "a first try")
    again = flask("process", "deploy", folder, "--application", "good")

    assert (first.exit_code, again.exit_code) == (0, 0), first.stderr
    assert (first.stdout, again.stdout) == ("version 1 is active\n", "version 1 is active already\n")
    with site.database.reading() as session:
        assert definitions.active_deployment(session, "good").comment == "a first try"


def test_a_model_with_errors_is_not_deployed_and_all_of_them_are_told(site, flask, tmp_path):
    result = flask("process", "deploy", write(tmp_path / "models", one="start > a > nowhere"), "--application", "good")

    assert result.exit_code == 1
    assert "\nerror   bpmn." in result.stderr
    assert result.stderr.splitlines()[-1] == "Error: The model has problems and was not deployed."
    with site.database.reading() as session:
        assert definitions.active_deployment(session, "good") is None


def test_scenarios_that_pass_print_their_coverage(flask):
    result = flask("process", "test", "good", "--verbose")

    assert result.exit_code == 0
    assert "ok   s1.yaml: good one" in result.stdout
    assert "good: 1 scenarios" in result.stdout
    assert "not covered: remind" in result.stdout
    assert "approve" in result.stdout


def test_a_scenario_that_fails_is_named_with_its_reason(flask):
    result = flask("process", "test", "bad")

    assert result.exit_code == 1
    assert "FAIL s1.yaml: bad one\n       ended “done”, expected “nowhere”" in result.stdout
    assert result.stderr == "Error: 1 scenarios failed or are missing\n"


def test_without_a_key_all_applications_are_tested(flask):
    result = flask("process", "test")

    assert [line.split(":")[0] for line in result.stdout.splitlines() if "coverage" in line] == [
        "office",
        "good",
        "bad",
    ]
    assert flask("process", "test", "nobody").exit_code == 1


def test_a_scenario_file_that_is_none_is_told(site, flask):
    path = site.applications["good"].folder / "scenarios" / "s1.yaml"
    for content in ("a: [", "- 5", "start: {}", "start: {at: monday}"):
        path.write_text(content)
        result = flask("process", "test", "good")
        assert result.exit_code == 1, content
        assert "s1.yaml" in result.output


def test_the_acceptance_scenarios_are_listed_by_number_and_a_missing_one_fails(site, flask):
    folder = site.applications["good"].folder / "scenarios"
    (folder / "acceptance.csv").write_text(
        "number,name,elsewhere\ngood,It goes well,\nS2,A test,tests/x.py\nS3,Gone,\n"
    )

    result = flask("process", "test", "good")

    assert result.exit_code == 1
    listed = [line for line in result.stdout.splitlines() if line.startswith(("good  ", "S2", "S3"))]
    assert listed == ["good  It goes well: ok (1)", "S2    A test: elsewhere: tests/x.py", "S3    Gone: MISSING"]
    assert result.stderr == "Error: 1 scenarios failed or are missing\n"

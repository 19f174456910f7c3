"""`flask complaints table`, as somebody types it."""

import pytest

from engine import clock, reference
from tests.bank import NOW, Bank
from webforms import console, make_app
from webforms.settings import Settings

HEADER = "country,day,works,note\n"


@pytest.fixture
def bank(tmp_path):
    bank = Bank(tmp_path)
    bank.person("olga", "process-owner")
    bank.person("root", "admin")
    bank.person("li", "handler")
    yield bank
    bank.database.dispose()


@pytest.fixture
def run(bank, tmp_path):
    """Runs the command with these words → result."""
    app = make_app(bank.site, "secret", tmp_path, secure=False)
    console.register(app, bank.site, Settings(bank.database.url, tmp_path, tmp_path / "key"))
    runner = app.test_cli_runner()

    def invoke(*words):
        with clock.at(NOW):
            return runner.invoke(args=["complaints", "table", *map(str, words)])

    return invoke


@pytest.fixture
def file(tmp_path):
    """Writes a CSV file: text → path."""

    def write(text):
        path = tmp_path / "table.csv"
        path.write_text(text, "utf-8")
        return path

    return write


def test_all_tables_are_listed_with_their_rows_and_versions(run):
    lines = run().output.splitlines()

    assert any(line.split()[:4] == ["deadlines", "38", "rows", "as"] for line in lines)
    assert any("Authority limits / 审批限额" in line for line in lines)


def test_an_export_can_be_imported_and_changes_nothing(run, tmp_path):
    path = tmp_path / "out.csv"
    assert f"38 rows of deadlines, version 0, written to {path}." in run("deadlines", "--export", path).output

    result = run("deadlines", "--import", path)

    assert result.exit_code == 0
    assert "0 added, 0 changed, 0 ended, 0 removed" in result.output
    assert "The rows in force are the same." in result.output


def test_an_import_alone_tells_what_it_would_change(run, file):
    result = run("calendar_days", "--import", file(HEADER + "CN,2026-03-09,no,our day off\n"))

    assert "+ CN, 2026-03-09, no, our day off" in result.output
    assert "1 added, 0 changed, 0 ended, 0 removed" in result.output
    assert "dry run" in result.output
    assert reference.rows("calendar_days") == ()


def named(row):
    """How an extension is called: its deadline, its level, its first day."""
    return " ".join(filter(None, (row["from_id"], row["level"], row["effective_from"])))


def test_changed_ended_and_removed_rows_are_told_each_in_its_way(bank, run, tmp_path):
    path = tmp_path / "extensions.csv"
    first, second, *others = map(dict, reference.rows("extensions"))
    rows = [{**first, "notice": "mandatory"}, {**second, "effective_to": "2026-12-31"}, *others[:-1]]
    path.write_bytes(reference.write(bank.site.applications.table("extensions"), rows))

    output = run("extensions", "--import", path).output

    assert f"~ {named(first)}  notice: default → mandatory" in output
    assert f"| {named(second)}  effective_to:  → 2026-12-31" in output
    assert "0 added, 1 changed, 1 ended, 1 removed" in output


def test_a_file_with_flaws_is_refused_naming_row_and_column_in_both_languages(run, file):
    result = run("calendar_days", "--import", file(HEADER + "CN,soon,no,\n"))

    assert result.exit_code == 1
    assert "row 2, day: “soon” is no date; write it as 2026-03-10. / “soon”不是日期" in result.output
    assert "1 problems in calendar_days; nothing was changed" in result.output


def test_two_people_put_an_import_in_force(run, file):
    path = file(HEADER + "CN,2026-03-09,no,\n")

    result = run("calendar_days", "--import", path, "--propose-by", "olga", "--confirm-by", "root")

    assert "Version 1 is in force." in result.output
    assert reference.rows("calendar_days")[0]["day"] == "2026-03-09"
    reference.forget()  # as if this process had not seen it
    assert "version 1" in run().output
    assert reference.rows("calendar_days")[0]["day"] == "2026-03-09"


def test_one_person_alone_only_proposes(run, file):
    path = file(HEADER + "CN,2026-03-09,no,\n")

    result = run("calendar_days", "--import", path, "--propose-by", "olga")

    assert "Version 1 is proposed; another person must confirm it." in result.output
    assert reference.rows("calendar_days") == ()
    assert "a change waits for a second person" in run().output
    again = run("calendar_days", "--import", file(HEADER + "CN,2026-03-10,no,\n"), "--propose-by", "root")
    assert "Another change of this table waits" in again.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--propose-by", "olga", "--confirm-by", "olga"], "needs two people"),
        (["--confirm-by", "root"], "--confirm-by needs --propose-by"),
        (["--propose-by", "nobody"], "nobody with the user name “nobody”"),
        (["--propose-by", "olga", "--confirm-by", "li"], "li may not change tables"),
    ],
)
def test_who_may_change_a_table_is_checked_before_anything_happens(run, file, words, message):
    result = run("calendar_days", "--import", file(HEADER + "CN,2026-03-09,no,\n"), *words)

    assert result.exit_code != 0
    assert message in result.output
    assert "a change waits" not in run().output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere", "--export", "x.csv"], "There is no table “nowhere”."),
        (["deadlines"], "--export FILE or --import FILE"),
        (["deadlines", "--import", "/nowhere/x.csv"], "cannot be read"),
        (["deadlines", "--export", "/nowhere/x.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(run, words, message):
    result = run(*words)

    assert result.exit_code != 0
    assert message in result.output


def test_what_running_cases_need_is_told_as_a_flaw(bank, run, tmp_path):
    with clock.at(NOW):
        bank.file()
    path = tmp_path / "deadlines.csv"
    run("deadlines", "--export", path)
    lines = [line for line in path.read_text("utf-8-sig").splitlines() if not line.startswith("INT-DEFAULT-ACK,")]
    path.write_text("\n".join(lines), "utf-8")

    result = run("deadlines", "--import", path, "--propose-by", "olga")

    assert result.exit_code == 1
    assert "Clocks run by INT-DEFAULT-ACK since 2026-03-02" in result.output

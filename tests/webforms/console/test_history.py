"""`flask history`."""

from engine import clock


def change(site, statement):
    with site.database.transaction() as session:
        session.connection().exec_driver_sql(statement)


def test_a_whole_history_is_intact_before_and_after_sealing(office, flask):
    office.start()
    assert "lines in 2 streams are intact" in flask("history", "verify").stdout

    assert f"{clock.today()}.seal.json" in flask("history", "seal").stdout
    assert flask("history", "verify").exit_code == 0


def test_a_changed_line_is_named(office, site, flask):
    case = office.start()
    change(site, "UPDATE history_event SET actor = 'somebody' WHERE sequence = 1 AND stream LIKE 'instance:%'")

    result = flask("history", "verify")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: broken at instance:{case}, line 1: ")


def test_a_cut_end_is_found_by_the_seal(office, site, flask):
    case = office.start()
    flask("history", "seal")
    change(site, "DELETE FROM history_event WHERE stream LIKE 'instance:%'")
    change(site, "UPDATE process_instance SET history_count = 0")

    result = flask("history", "verify")

    assert result.exit_code == 1
    assert f"instance:{case}, line 1: the end is cut" in result.stderr


def test_an_altered_seal_is_named(office, site, flask):
    office.start()
    flask("history", "seal")
    seal = next(site.ports["seals"].iterdir())
    seal.write_bytes(seal.read_bytes().replace(b'"day"', b'"dax"'))

    result = flask("history", "verify")

    assert result.exit_code == 1
    assert f"broken at seals: the history is not intact: the seal {seal.name}" in result.stderr.lower()

"""Forms put aside: their code, their time, and that nothing of them is left."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.errors import Erased, InvalidInput
from engine.identity import FAILURES_PER_ADDRESS, LockedOut
from engine.models import DataSubject
from processes.complaint.intake import kept_forms
from processes.complaint.intake.kept_forms import LIFE, Kept, NoKeptForm
from processes.complaint.intake.tables import KeptForm
from tests.bank import NOW

FORM = Kept("", {"complaint.narrative": ["信用卡年费未经告知被收取。"]}, "group_3", "key-1")


def rows(bank):
    with bank.database.reading() as session:
        found = session.scalars(select(KeptForm)).all()
        session.expunge_all()
        return found


def take(bank, code, now=NOW, address="10.0.0.1"):
    return kept_forms.take_up(bank.site, code, address, now=now)


def test_a_form_comes_back_as_it_was_left(bank):
    code = kept_forms.keep(bank.site, FORM, now=NOW)

    again = take(bank, f" {code[:6].lower()}-{code[6:]} ")

    assert (again.answers, again.step, again.key) == (FORM.answers, "group_3", "key-1")


def test_neither_code_nor_answers_stand_in_the_database(bank):
    code = kept_forms.keep(bank.site, FORM, now=NOW)

    row = rows(bank)[0]

    assert code not in row.code_hash
    assert "年费".encode() not in row.sealed_answers


def test_saving_again_gives_a_new_code_and_voids_the_old_one(bank):
    old = kept_forms.keep(bank.site, FORM, now=NOW)
    again = replace(take(bank, old), answers={"complaint.narrative": ["更多"]})

    new = kept_forms.keep(bank.site, again, now=NOW)

    assert len(rows(bank)) == 1
    assert take(bank, new).answers == {"complaint.narrative": ["更多"]}
    with pytest.raises(NoKeptForm):
        take(bank, old)


def test_a_code_whose_time_is_over_looks_like_one_that_never_was(bank):
    code = kept_forms.keep(bank.site, FORM, now=NOW)

    with pytest.raises(NoKeptForm) as late:
        take(bank, code, NOW + LIFE)
    with pytest.raises(NoKeptForm) as unknown:
        take(bank, "ABCDEFGHJKMN")

    assert str(late.value) == str(unknown.value)


def test_the_tick_erases_forms_whose_time_is_over_and_no_others(bank):
    kept_forms.keep(bank.site, FORM, now=NOW)
    kept_forms.keep(bank.site, FORM, now=NOW + timedelta(days=1))
    subject = min(rows(bank), key=lambda row: row.expires_at).subject_id

    kept_forms.forget_expired(bank.site, NOW + LIFE)

    assert len(rows(bank)) == 1
    with bank.reading() as session:
        assert session.get_one(DataSubject, subject).wrapped_key is None
        with pytest.raises(Erased):
            bank.site.vault.seal(session, subject, b"", "anything")


def test_a_form_that_was_sent_is_erased_once_and_asking_again_changes_nothing(bank):
    code = kept_forms.keep(bank.site, FORM, now=NOW)
    kept = take(bank, code)

    for _ in range(2):
        kept_forms.forget(bank.site, kept.id, NOW)

    assert rows(bank) == []


def test_guessing_from_one_address_is_locked_out(bank):
    for _ in range(FAILURES_PER_ADDRESS):
        with pytest.raises(NoKeptForm):
            take(bank, "ABCDEFGHJKMN")

    with pytest.raises(LockedOut):
        take(bank, "ABCDEFGHJKMN")
    with pytest.raises(NoKeptForm):
        take(bank, "ABCDEFGHJKMN", address="10.0.0.2")


def test_more_text_than_a_form_holds_is_refused(bank):
    with pytest.raises(InvalidInput, match="too much text"):
        kept_forms.keep(bank.site, replace(FORM, answers={"a": ["x" * (kept_forms.LONGEST + 1)]}), now=NOW)

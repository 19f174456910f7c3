"""The notices: one row for each template and language."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from engine import clock, reference
from engine.errors import InvalidInput
from engine.feel import Functions
from engine.reference import Column, Flaw, Row, Table, Validity, dated
from processes.complaint import masking, notices, wording
from processes.complaint.notices import DECISION_PARTS, LANGUAGES
from processes.complaint.record import ComplaintRecord
from processes.complaint.reference_tables.columns import coded, one_of
from processes.complaint.register import REGISTER

#: Longest body, in characters.
LONGEST = 20_000

#: The answers to a complaint; the answer to a review tells its findings in words of its own.
DECISIONS = frozenset({"N10", "N10S"})

#: What stands for a personal or long text in a preview.
HIDDEN = "▒▒▒"


def _shipped() -> bytes:
    return reference.write(NOTICES, (reference.row_of(NOTICES, cells) for cells in notices.shipped()))


def _fillable(rows: Sequence[Row]) -> Iterator[Flaw]:
    """Conditions are closed, and what the law demands is there."""
    for number, row in enumerate(rows, 2):
        for column in ("subject", "body"):
            try:
                notices.fill(row[column], _Known(), row["language"])
            except InvalidInput as refusal:
                zh = "条件 {{#if …}} 与 {{/if}} 不成对，请检查。"
                yield Flaw(number, column, zh, str(refusal.params["why"]))
        for name in DECISION_PARTS if row["id"] in DECISIONS else ():
            if name not in row["body"] and name != "remedies":  # those stand in conditions of their own
                zh = f"缺少依法必须写明的内容 {{{{{name}}}}}（3 号令第 19 条）。"
                yield Flaw(number, "body", zh, f"The law demands {{{{{name}}}}} here (order No. 3 Art. 19).")


def _both_languages(rows: Sequence[Row]) -> Iterator[Flaw]:
    known = {(row["id"], row["language"]) for row in rows}
    for number, row in enumerate(rows, 2):
        for language in LANGUAGES:
            if (row["id"], language) not in known:
                zh = f"通知 {row['id']} 缺少 {language} 版本。"
                yield Flaw(number, "language", zh, f"The notice {row['id']} has no text in {language}.")


def _letters(session: Session, instance_id: str, _functions: Functions, _language: str) -> Mapping[str, str]:
    """Each notice as it would read for the case, personal values and long texts hidden."""
    record = REGISTER.open(session, instance_id)
    known = {language: _Known(_variables(session, record, language)) for language in LANGUAGES}
    found = {}
    for template_id, language in dict.fromkeys((row["id"], row["language"]) for row in reference.rows("notices")):
        wanted = notices.template(template_id, language)
        parts = (notices.fill(text, known[language], language) for text in (wanted.subject, wanted.body))
        found[f"{template_id} ({language})"] = "\n\n".join(parts)
    return found


def _variables(session: Session, record: ComplaintRecord, language: str) -> Mapping[str, object]:
    known = wording.variables(session, record, language, at=clock.now())
    hidden = dict.fromkeys((*wording.TEXTS, "narrative_excerpt", "access_code"), HIDDEN)
    return {
        **{name: "" if value is None else hidden.get(name, value) for name, value in known.items()},
        "complainant_name": masking.name(str(known["complainant_name"])),
        "in_full": True,
        "by_mail": False,
    }


class _Known(Mapping[str, object]):
    """What is known, and for every other name the name itself."""

    def __init__(self, known: Mapping[str, object] | None = None) -> None:
        self._known = known or {}

    def __getitem__(self, name: str) -> object:
        return self._known.get(name, f"[{name}]")

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


NOTICES = Table(
    name="notices",
    zh="通知模板",
    en="Notices",
    columns=(
        Column("id", "编号", "Notice", required=True, longest=10),
        coded("language", "语言", "Language", one_of(*LANGUAGES), required=True),
        Column("version", "版本", "Version", required=True, longest=40),
        *dated(),
        Column("subject", "主题", "Subject", required=True, longest=300),
        Column("channels", "可用渠道", "Channels", longest=200),
        Column("required", "必备变量", "Needed variables", longest=2000),
        Column("inputs", "流程给出的变量", "Variables of the process", longest=2000, optional=True),
        Column("sms", "短信内容", "Text message", longest=500, optional=True),
        Column("body", "正文", "Body", required=True, longest=LONGEST),
    ),
    key=("id", "language"),
    shipped=_shipped,
    validity=Validity(),
    overlays=True,
    checks=(_fillable, _both_languages),
    effects=_letters,
)

"""Forms as HTML: labels tied to inputs, errors linked, nothing inline; and what a browser sends back."""

import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask, render_template_string, request
from flask_babel import Babel, force_locale
from lxml import html

from engine import clock, forms
from engine.errors import InvalidForm, TaskTaken
from webforms import fields

SAMPLE = Path(__file__).parents[1] / "engine" / "forms" / "all_types.form"
PAGE = """{% from "_fields.html" import render_form with context %}<form method="post">{{ render_form(view) }}</form>"""
ANSWERS = """{% from "_fields.html" import render_answers with context %}<main>{{ render_answers(view) }}</main>"""
CONTEXT = {
    "number": "C-1",
    "complainant": 'Li <b>"Wei"',
    "limit": Decimal(500),
    "approved": Decimal(20),
    "reasons": ["fees", "delay"],
    "payments": [{"on": "2026-01-01", "sum": Decimal("5.25")}, {"on": "2026-02-01", "sum": Decimal(6)}],
    "documents": [{"name": "Letter", "url": "/files/1"}],
}
FUNCTIONS = {"codes": lambda _: [{"value": "refund", "label": "Refund"}]}


@pytest.fixture(autouse=True)
def noon():
    with clock.at(datetime(2026, 3, 10, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture(scope="module")
def app():
    app = Flask(__name__, template_folder=str(Path(fields.__file__).parent / "templates"))
    Babel(app)
    fields.init_app(app)
    return app


@pytest.fixture(scope="module")
def form():
    return forms.load(SAMPLE.read_bytes())


@pytest.fixture
def shown(app, form):
    """The sample form as a page's tree, with messages if it is refused."""

    def page(values=None, *, template=PAGE, errors=None, **context):
        view = form.view({**CONTEXT, **context}, values or {}, "en", FUNCTIONS, errors)
        with app.test_request_context(), force_locale("en"):
            return html.fromstring(render_template_string(template, view=view))

    return page


@pytest.fixture
def refused(form, shown):
    def page(values):
        with pytest.raises(InvalidForm) as caught:
            form.submit(values, {}, CONTEXT, "en", FUNCTIONS)
        return shown(values, errors=caught.value.errors)

    return page


def test_every_input_has_one_label_and_every_id_is_used_once(shown):
    page = shown({"founded": ["yes"], "measures-0-what": ["a"], "measures-1-what": ["b"]})
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    visible = page.xpath("//input[@type!='hidden'] | //select | //textarea")
    assert len(visible) > 20
    for element in visible:
        assert len(page.xpath("//label[@for=$id]", id=element.get("id"))) == 1


def test_every_description_and_error_that_is_pointed_at_exists(refused):
    page = refused({"summary": [""], "amount": ["much"], "founded": ["", "x"]})
    ids = set(page.xpath("//@id"))
    pointed = [target for value in page.xpath("//@aria-describedby") for target in value.split()]
    assert {"f-summary-hint", "f-summary-error", "f-amount-error", "f-founded-error"} <= set(pointed)
    assert set(pointed) <= ids


def test_the_summary_takes_the_focus_and_leads_to_each_wrong_answer(refused):
    page = refused({"summary": [""], "founded": ["", "x"], "confirmed": [""], "foreign": ["1"]})
    (summary,) = page.xpath("//*[@id='form-errors']")
    assert (summary.get("role"), summary.get("tabindex")) == ("alert", "-1")
    assert "autofocus" in summary.attrib
    targets = [href.removeprefix("#") for href in summary.xpath(".//a/@href")]
    assert targets == ["f-summary", "f-confirmed", "f-founded-0"]
    assert set(targets) <= set(page.xpath("//input/@id"))
    assert "fields that do not belong" in summary.text_content()


def test_the_summary_says_in_which_row_a_wrong_answer_stands(refused):
    summary = refused({"measures-0-cost": ["5"], "measures-1-cost": ["much"]}).get_element_by_id("form-errors")
    [link] = summary.xpath(".//a[@href='#f-measures-1-cost']")
    assert link.text_content().startswith("Measures, no. 2: “Cost” ")


def test_wrong_answers_are_marked_and_stay_in_their_fields(refused):
    page = refused({"amount": ["much"]})
    (amount,) = page.xpath("//input[@name='amount']")
    assert (amount.get("value"), amount.get("aria-invalid"), amount.get("inputmode")) == ("much", "true", "decimal")
    assert "“Amount” is not a clear number" in page.xpath("string(//*[@id='f-amount-error'])")


def test_choices_and_groups_stand_in_fieldsets_with_legends(shown):
    page = shown()
    for fieldset in page.xpath("//fieldset"):
        assert fieldset.xpath("string(legend)").strip()
    assert page.xpath("//fieldset[@id='f-founded']//input[@type='radio' and @value='yes']")
    assert page.xpath("//fieldset[@id='f-demands']//input[@type='checkbox' and @name='demands']")


def test_what_must_be_answered_says_so_in_words(shown):
    page = shown()
    assert "(required)" in page.xpath("string(//label[@for='f-summary'])")
    assert page.xpath("//input[@name='summary']/@aria-required") == ["true"]
    assert "(required)" not in page.xpath("string(//label[@for='f-amount'])")


def test_a_locked_field_cannot_be_sent(shown):
    (approved,) = shown().xpath("//input[@id='f-approved']")
    assert "name" not in approved.attrib
    assert "readonly" in approved.attrib
    assert approved.get("value") == "20"


def test_nothing_is_inline_and_values_are_escaped(shown):
    page = shown({"summary": ['"><script>alert(1)</script>']})
    assert not page.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")
    assert page.xpath("//input[@name='summary']/@value") == ['"><script>alert(1)</script>']


def test_the_first_button_never_changes_rows(shown):
    first, *others = shown().xpath("//button/@name")
    assert first == "_update"
    assert "_remove:measures:0" in others
    assert "_add:measures" in others


def test_files_dates_and_columns_use_what_the_browser_brings(shown):
    page = shown()
    (proof,) = page.xpath("//input[@type='file']")
    assert (proof.get("accept"), proof.get("multiple")) == (".pdf,image/*", "multiple")
    assert page.xpath("//input[@type='datetime-local']/@name") == ["received_at"]
    assert page.xpath("//input[@type='date']/@name") == ["event_on"]
    line = page.xpath("//input[@name='summary']/ancestor::div[contains(@class, 'row')][1]")[0]
    assert [column.get("class") for column in line] == ["col-md-6", "col-md-6"]


def test_a_text_keeps_its_lines(shown):
    (area,) = shown({"narrative": ["\nfirst\nsecond"]}).xpath("//textarea")
    assert area.text.removeprefix("\n") == "\nfirst\nsecond"


def test_answers_are_read_in_a_definition_list(shown):
    page = shown(
        template=ANSWERS, founded="yes", reason="fees", confirmed=True, narrative="a\nb", amount=Decimal("1.50")
    )
    shown_answers = {dt.text_content(): " ".join(dt.getnext().text_content().split()) for dt in page.xpath("//dt")}
    assert shown_answers["Founded?"] == "Yes"
    assert shown_answers["I confirm"] == "Yes"
    assert shown_answers["Amount"] == "¥ 1.50"
    assert shown_answers["E-mail"] == "not answered"
    assert not page.xpath("//input | //button | //select | //textarea")


def test_what_a_browser_sends_reaches_the_form(app, form):
    sent = {
        "csrf_token": "t",
        "summary": "Card charged twice",
        "confirmed": ["", "true"],
        "_complete": "1",
        "proof": [(io.BytesIO(b"abc"), "a.pdf"), (io.BytesIO(b""), "")],
    }
    with app.test_request_context(method="POST", data=sent, content_type="multipart/form-data"):
        entered, files = fields.fields_of(request.form), fields.files_of(request.files)
        submission = form.submit(entered, files, CONTEXT, "en", FUNCTIONS)
        contents = [(file.name, file.size, file.stream.read()) for file in submission.files["proof"]]
    assert entered == {"summary": ["Card charged twice"], "confirmed": ["", "true"], "_complete": ["1"]}
    assert contents == [("a.pdf", 3, b"abc")]


def test_what_a_page_shows_is_what_its_browser_sends(form, shown):
    stored = {"summary": "Card charged twice", "founded": "no", "confirmed": True, "narrative": "a\n\nb", "tags": ["b"]}
    (page,) = shown(**stored, measures=[{"what": "letter", "owner": "Li"}]).xpath("//form")
    sent: dict[str, list[str]] = {}
    for name, text in page.form_values():
        sent.setdefault(name, []).append(text)
    assert "f-approved" not in sent
    values = form.submit(sent, {}, {**CONTEXT, **stored}, "en", FUNCTIONS).values
    assert {name: values[name] for name in stored} == stored
    assert values["measures"] == [{"what": "letter", "cost": None}]


def test_messages_are_filled_in_and_values_with_braces_stay_as_they_are(app):
    with app.test_request_context():
        errors = {"a": ("“{label}” must be {least} or more", {"label": "{x}", "least": Decimal(5)})}
        assert fields.errors_of(errors) == {"a": "“{x}” must be 5 or more"}
        assert fields.explained(TaskTaken(name="Li")) == "This task was taken by Li in the meantime."

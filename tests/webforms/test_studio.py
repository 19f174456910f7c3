"""The process owner's pages: versions, files up and down, and what the modeler's script asks for."""

import io
import zipfile

import pytest
from werkzeug.datastructures import FileStorage

from engine import definitions
from engine.queries import deployments
from tests.bank import NOW
from tests.office import OFFICE
from tests.webforms.conftest import Browser
from webforms.studio import model_files


@pytest.fixture
def owner(app, office):
    return Browser(app, office.eva)


def changed(name="office.bpmn", comment=b"<!-- another -->"):
    """A shipped file with a change that means nothing."""
    return OFFICE.model_files()[name] + comment


def newest(office):
    return office.ask(deployments.state, "office", None).newest


def upload(owner, office, status=302, base=None, **files):
    """Send files, name → content, over the newest version or `base`."""
    sent = [(io.BytesIO(content), name) for name, content in files.items()]
    return owner.post("/studio/office/upload", status, base=str(base or newest(office).id), comment="why", files=sent)


def packed(**files):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


def json_post(owner, path, status, **body):
    answer = owner.client.post(path, json=body, headers={"Accept": "application/json"})
    assert answer.status_code == status, answer.text
    return answer.json


def edit(office, xml, **more):
    return {"file": "office.bpmn", "xml": xml.decode(), "base": newest(office).id, "comment": "", **more}


def test_only_process_owners_come_in(app, office):
    Browser(app, office.ann).get("/studio/", 403)
    assert "/login" in Browser(app).get("/studio/", 302).to


def test_the_list_tells_where_each_application_stands(owner):
    assert owner.get("/studio/").all("tbody th") == ["Office"]


def test_an_upload_becomes_the_active_version_with_its_comment(owner, office):
    upload(owner, office, **{"office.bpmn": changed()})

    state = office.ask(deployments.state, "office", office.eva.id)
    assert (state.active.number, state.active.comment, state.active.by) == (2, "why", "Eva")
    assert "Version 2 is active" in owner.get("/studio/office").text()


def test_warnings_do_not_stand_in_the_way_but_are_shown(owner, office):
    page = upload(owner, office, **{"office.bpmn": changed()})

    assert page.to == "/studio/office/2/findings"
    assert "bpmn.no_form" in owner.get(page.to).all("code")


def test_the_same_files_again_change_nothing(owner, office):
    upload(owner, office, **{"office.bpmn": OFFICE.model_files()["office.bpmn"]})

    assert newest(office).number == 1


def test_a_download_can_be_uploaded_again(owner, office):
    answer = owner.get("/studio/office/1.zip").answer
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == OFFICE.model_files()

    files["office.bpmn"] = changed()
    upload(owner, office, **{"office.zip": packed(**files)})
    assert office.ask(deployments.content, newest(office).id) == files


def test_an_upload_over_an_older_version_is_refused_and_names_both(owner, office):
    base = newest(office).id
    upload(owner, office, **{"office.bpmn": changed()})

    page = upload(owner, office, 409, base, **{"office.bpmn": changed(comment=b"<!-- mine -->")})

    assert "based on version 1, but version 2" in page.text()
    assert page.value("input[name=comment]") == "why"
    assert newest(office).number == 2


def test_problems_are_listed_with_place_and_remedy(owner, office):
    page = upload(owner, office, 422, **{"office.bpmn": b"<definitions"})

    assert "office.bpmn" in page.text("ol li.panel")
    assert "xml.unreadable" in page.text("code")
    assert newest(office).number == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("set.zip", packed(**{"../office.bpmn": b"x"}), "another folder"),
        ("set.zip", packed(**{"a/office.bpmn": b"x", "b/office.bpmn": b"y"}), "twice"),
        ("set.zip", packed(**{"office.bpmn": b"0" * 15_000_000}), "unpacks to far more"),
        ("set.zip", packed(**{f"f{n}.form": b"x" for n in range(301)}), "more than 300"),
        ("set.zip", b"PK nothing", "no ZIP file"),
        ("run.sh", b"echo", "only .bpmn"),
    ],
)
def test_an_upload_that_is_no_set_of_models_is_refused(owner, office, name, content, why):
    page = upload(owner, office, 422, **{name: content})

    assert why in page.text("#files-error")


@pytest.mark.parametrize("name", ["office.BPMN", "office.bpmn2", "office.bpmn20.xml", "office.xml"])
def test_files_with_the_endings_of_other_modelers_take_their_place(name):
    sent = FileStorage(io.BytesIO(changed()), name)

    assert model_files.read_uploads([sent], ["office.bpmn"]) == {"office.bpmn": changed()}


def test_an_encrypted_zip_is_refused(owner, office):
    body = bytearray(packed(**{"office.bpmn": b"x"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(mark) + offset] |= 1

    assert "encrypted" in upload(owner, office, 422, **{"set.zip": bytes(body)}).text("#files-error")


def test_the_packed_files_are_the_same_bytes_each_time():
    files = {"b.bpmn": b"1", "a.dmn": b"2"}

    assert model_files.zipped(files) == model_files.zipped(dict(reversed(files.items())))


def test_switching_back_is_asked_first(owner, office):
    upload(owner, office, **{"office.bpmn": changed()})

    assert "instead of version 2" in owner.get("/studio/office/1/activate").text()
    owner.post("/studio/office/1/activate")

    assert office.ask(deployments.state, "office", None).active.number == 1


def test_the_preview_shows_names_in_the_readers_language(app, office):
    page = Browser(app, office.eva).get("/studio/office/1/diagram/office.bpmn")
    drawn = {
        language: Browser(app, office.eva, language).get("/studio/office/1/drawing/office.bpmn").answer.text
        for language in ("zh", "en")
    }

    assert page.value("#diagram", "data-xml-url") == "/studio/office/1/drawing/office.bpmn"
    assert 'name="Review"' in drawn["en"]
    assert 'name="Review"' not in drawn["zh"]


def test_the_modeler_opens_the_newest_version_and_then_ones_own_draft(owner, office):
    assert "based on version 1" in owner.get("/studio/office/edit/office.bpmn").text()
    json_post(owner, "/studio/office/draft", 200, **edit(office, changed()))
    upload(owner, office, **{"office.bpmn": changed(comment=b"<!-- other -->")})

    page = owner.get("/studio/office/edit/office.bpmn")

    assert "Your draft" in page.text()
    assert "Version 2 is newer" in page.text()
    assert owner.get("/studio/office/source/office.bpmn").answer.data == changed()
    assert "style-src-attr 'unsafe-inline'" in page.answer.headers["Content-Security-Policy"]


def test_a_draft_can_be_discarded(owner, office):
    json_post(owner, "/studio/office/draft", 200, **edit(office, changed()))

    owner.post("/studio/office/discard/office.bpmn")

    assert office.ask(deployments.draft, "office", "office.bpmn", office.eva.id) is None


def test_checking_tells_problems_and_deploys_nothing(owner, office):
    found = json_post(owner, "/studio/office/check", 200, **edit(office, b"<nothing/>"))

    assert found["problems"][0]["severity"] == "error"
    assert {"code", "element_id", "element_name", "what", "remedy", "params"} <= found["problems"][0].keys()
    assert newest(office).number == 1


def test_deploying_from_the_modeler_ends_the_draft(owner, office):
    json_post(owner, "/studio/office/draft", 200, **edit(office, changed()))

    told = json_post(owner, "/studio/office/deploy", 200, **edit(office, changed(), comment="better"))

    assert (told["version"], told["deployment"]) == (2, newest(office).id)
    assert office.ask(deployments.state, "office", office.eva.id).drafts == ()
    owner.get(told["url"])


def test_a_deployment_over_an_older_version_is_told_with_both_numbers(owner, office):
    old = edit(office, changed(comment=b"<!-- mine -->"))
    upload(owner, office, **{"office.bpmn": changed()})

    told = json_post(owner, "/studio/office/deploy", 409, **old)

    assert (told["base"], told["latest"]) == (1, 2)


def test_a_model_with_errors_is_not_deployed(owner, office):
    told = json_post(owner, "/studio/office/deploy", 422, **edit(office, b"<nothing/>"))

    assert told["problems"]
    assert newest(office).number == 1


def test_a_missing_group_can_be_created_once(owner):
    group = {"key": "night", "name_zh": "夜班", "name_en": "Night shift"}

    assert json_post(owner, "/studio/groups", 200, **group) == {"ok": True}
    assert "exists already" in json_post(owner, "/studio/groups", 422, **group)["message"]


def test_what_is_no_model_is_refused(owner, office):
    json_post(owner, "/studio/office/check", 422, file="../x.bpmn.exe", xml="", base=1)
    owner.get("/studio/nothing", 404)
    owner.get("/studio/office/99.zip", 404)
    owner.get("/studio/office/edit/absent.bpmn", 404)


def test_a_shipped_version_that_waits_is_announced(owner, office):
    upload(owner, office, **{"office.bpmn": changed()})
    with office.site.database.transaction() as session:
        shipped = OFFICE.model_files() | {"office.bpmn": changed(comment=b"<!-- shipped -->")}
        definitions.deploy(session, OFFICE, shipped, shipped=True, now=NOW)

    assert "Shipped version 3 waits" in owner.get("/studio/").text()
    assert "Switch to version 3" in owner.get("/studio/office").text()

"""Only editors may use style attributes; nothing else is looser anywhere."""

from webforms import headers


def test_the_policy_of_editors_differs_in_style_attributes_only():
    strict, editor = (set(policy.split("; ")) for policy in (headers.POLICY, headers.EDITOR_POLICY))

    assert editor - strict == {"style-src-attr 'unsafe-inline'"}
    assert strict <= editor
    assert not any("unsafe" in rule for rule in strict)


def test_only_the_modeler_is_an_editor(app):
    marked = {name for name, view in app.view_functions.items() if getattr(view, "inline_styles", False)}

    assert {name.split(".")[0] for name in marked} <= {"studio"}


def test_static_files_may_be_kept_by_browsers(app):
    with app.test_client().get("/static/app.css") as answer:
        assert "no-store" not in answer.headers.get("Cache-Control", "")

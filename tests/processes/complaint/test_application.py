"""What the folder tells the engine."""

import inspect

import processes
from engine.feel import parse


def test_the_folder_is_found_by_being_there():
    application = processes.load()["complaint"]
    assert application.record.name == "complaint"
    assert {"intake", "handler", "approver_t5", "reviewer"} <= {group.key for group in application.groups}
    assert {"notice", "matter_notice", "raise_warnings", "invite_partner"} <= set(application.topics)
    functions = {
        "codes",
        "authority_limit",
        "may_decline",
        "in_sample",
        "valid_id",
        "step_due",
        "unit_at",
        "script",
    }
    assert functions <= set(application.functions)


def test_groups_that_lead_or_stand_in_for_others_name_groups_that_exist():
    application = processes.load()["complaint"]
    keys = {group.key for group in application.groups}

    assert {key for group in application.groups for key in (*group.leads, *group.above)} <= keys
    assert application.leading(["handler_credit"]) == {"approver_t1", "cp_manager"}
    assert [key for key in sorted(keys) if key.startswith(("handler", "dept")) and not application.leading([key])] == []


def test_no_function_for_models_stumbles_over_null():
    application = processes.load()["complaint"]

    for name, function in application.functions.items():
        text = f"{name}({', '.join(['null'] * len(inspect.signature(function).parameters))})"
        assert parse(text).evaluate({}, application.functions) in (None, True, False, "", []), name

"""Which version of a process a call activity calls (`calledElementBinding`)."""

import pytest

from engine.errors import ModelFault, NotFound
from engine.execution import StepFailed
from tests.models import Case, Shelf, bpmn, element


class Versions(Shelf):
    """A shelf of one deployment with the calling process, the definition 1, and one more with the called process."""

    def __init__(self, content):
        super().__init__({"a.bpmn": content, "b.bpmn": called("first", "old")}, called("second", "new"))

    def bound(self, key, binding, version, caller):
        found = [one for one in self.definitions if one[2].key == key]
        if binding == "deployment":
            found = [one for one in found if one[0] == caller + 1]
        elif binding == "version":
            found = [one for number, one in enumerate(found, 1) if str(number) == version]
        else:
            found = [one for one in found if one[2].version_tag == version]
        if not found:
            raise NotFound
        return found[-1]


def called(task, tag):
    return bpmn("", f"start > {task} > end", key="called").replace(b"isEx", f'camunda:versionTag="{tag}" isEx'.encode())


def calling(key="called", **attributes):
    named = {f"camunda_calledElement{name}": value for name, value in attributes.items()}
    return Versions(bpmn(element("callActivity", "call", calledElement=key, **named), "start > call > end"))


@pytest.mark.parametrize(
    ("attributes", "task"),
    [
        ({}, "second"),
        ({"Binding": "latest"}, "second"),
        ({"Binding": "deployment"}, "first"),
        ({"Binding": "version", "Version": "1"}, "first"),
        ({"Binding": "version", "Version": "${n + 1}"}, "second"),
        ({"Binding": "versionTag", "VersionTag": "old"}, "first"),
    ],
)
def test_a_call_goes_to_the_version_that_it_is_bound_to(attributes, task):
    case = Case(calling(**attributes), n=1)

    assert case.open == [task]
    case.complete(task)
    assert case.is_ended


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ({"Binding": "version", "Version": "7"}, "there is no version 7 of the process “called” to be called"),
        ({"Binding": "versionTag", "VersionTag": "x"}, "there is no version “x” of the process “called” to be called"),
        ({"key": "none", "Binding": "deployment"}, "the deployment has no process “none” to be called"),
        ({"key": "none"}, "there is no active process “none” to be called"),
    ],
)
def test_a_version_that_is_not_there_is_told_with_the_step_and_the_process(attributes, told):
    with pytest.raises(StepFailed) as failed:
        Case(calling(**attributes))

    error = failed.value.error
    assert isinstance(error, ModelFault)
    assert (error.params["element"], told in error.message) == ("call", True)

"""Forms that are written into a diagram."""
# ruff: noqa: E501 - a field stays on one line

from decimal import Decimal

from engine.bpmn import reader
from engine.bpmn.checks import Known, check
from engine.errors import InvalidForm
from tests.engine.bpmn.drawing import END, START, around, process

FIELDS = """<camunda:formData>
  <camunda:formField id="amount" label="Amount" type="long" defaultValue="5"><camunda:validation><camunda:constraint name="required"/><camunda:constraint name="min" config="1"/></camunda:validation></camunda:formField>
  <camunda:formField id="ok" label="Fine?" type="boolean" defaultValue="true"/>
  <camunda:formField id="kind" label="Kind" type="enum"><camunda:value id="a" name="A"/><camunda:value id="b" name="B"/></camunda:formField>
  <camunda:formField id="day" label="Day" type="date"/>
  <camunda:formField id="note" label="Note" type="string" defaultValue="${text}"><camunda:validation><camunda:constraint name="readonly"/></camunda:validation></camunda:formField>
</camunda:formData>"""
PROPERTIES = '<camunda:formProperty id="n" name="Days" type="long" required="true"/><camunda:formProperty id="w" name="Why" variable="reason" writable="false"/>'


def asked(inside: str, tag: str = "userTask"):
    (found,) = reader.read(
        {"a.bpmn": around(f'<{tag} id="x"><extensionElements>{inside}</extensionElements></{tag}>')}
    ).forms.values()
    return found


def test_form_fields_are_a_form_that_can_be_filled_in():
    form = asked(FIELDS)

    assert dict(form.keys) == {"amount": "number", "ok": "boolean", "kind": "string", "day": "date", "note": "string"}
    assert form.defaults({}, {}) == {"amount": Decimal(5), "ok": True}


def test_limits_of_fields_are_kept():
    form = asked(FIELDS)

    def refused(amount):
        try:
            form.submit({"amount": [amount], "kind": ["a"]}, {}, {})
        except InvalidForm:
            return True
        return False

    assert [refused(amount) for amount in ("0", "", "1.5", "3")] == [True, True, True, False]


def test_form_properties_of_activiti_are_a_form():
    assert dict(asked(PROPERTIES).keys) == {"n": "number", "reason": "string"}


def test_the_task_shows_the_form_and_forms_of_two_processes_are_kept_apart():
    step = f'<userTask id="x"><extensionElements>{FIELDS}</extensionElements></userTask>'
    other = process(
        START,
        f'<userTask id="x"><extensionElements>{PROPERTIES}</extensionElements></userTask>',
        END,
        ways="s>x x>e",
        key="q",
    )

    model = reader.read({"a.bpmn": around(step), "b.bpmn": other})

    forms = [model.form(model.process(key).elements["x"].form) for key in "pq"]
    assert [len(form.keys) for form in forms] == [5, 2]


def test_the_form_of_a_start_event_begins_the_process():
    start = f'<startEvent id="s"><extensionElements>{PROPERTIES}</extensionElements></startEvent>'

    model = reader.read({"a.bpmn": process(start, END, ways="s>e")})

    assert model.form(model.process("p").start_form) is not None


def test_forms_of_camunda_8_stand_in_the_process():
    form = '<zeebe:userTaskForm id="form1">{"type": "default", "components": [{"type": "number", "key": "n", "label": "N"}]}</zeebe:userTaskForm>'
    task = '<userTask id="x"><extensionElements><zeebe:formDefinition formKey="camunda-forms:bpmn:form1"/></extensionElements></userTask>'

    model = reader.read(
        {"a.bpmn": process(f"<extensionElements>{form}</extensionElements>", START, task, END, ways="s>x x>e")}
    )

    assert model.form(model.process("p").elements["x"].form).keys == {"n": "number"}


def test_a_form_that_cannot_be_read_is_told_and_not_called_missing():
    form = '<zeebe:userTaskForm id="form1">{"components": 5}</zeebe:userTaskForm>'
    task = '<userTask id="x"><extensionElements><zeebe:formDefinition formKey="camunda-forms:bpmn:form1"/></extensionElements></userTask>'

    told = check(
        {"a.bpmn": process(f"<extensionElements>{form}</extensionElements>", START, task, END, ways="s>x x>e")}, Known()
    )

    codes = {each.code for each in told}
    assert "form.unreadable" in codes
    assert "bpmn.unknown_form" not in codes

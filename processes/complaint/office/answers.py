"""Filling in any form plausibly: options from the form itself, the likelier ones from the office's habits."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine import clock, feel
from engine.commands.submitted import Submitted, dig
from engine.errors import InvalidForm, RedressError
from engine.forms import Form
from engine.forms.placing import ROWS
from engine.forms.view import Node, Question, RowsNode, walk
from processes.complaint.office.habits import Habits, weighted

#: Attempts to find answers that a form takes.
TRIES = 12
#: Rounds of new questions that answers bring up.
ROUNDS = 8

Fields = dict[str, list[str]]


class NoAnswers(RedressError):
    """The simulated office finds no answers that the form “{form}” takes: {why}"""


class Clerk:
    """Somebody with a form in front of them; `context` and `functions` are what the form reads."""

    def __init__(
        self, form: Form, context: Mapping[str, Any], functions: feel.Functions, habits: Habits, dice: random.Random
    ) -> None:
        self._form, self._context, self._functions = form, context, functions
        self._habits, self._dice = habits, dice
        self._language = "en" if dig(context, "complaint.language") == "en" else "zh"
        #: field → how often its answer was refused
        self._refused: dict[str, int] = {}
        #: field → answers that were refused, and are given again only when there is no other
        self._wrong: dict[str, set[str]] = {}

    def submitted(self, attempt: int = 0) -> Submitted:
        """Answers that the form takes; later attempts follow the habits less. Raises NoAnswers."""
        fields: Fields = {}
        errors: Mapping[str, tuple[str, Mapping[str, object]]] = {}
        for _ in range(TRIES):
            self._fill(fields, attempt)
            try:
                self._form.submit(fields, {}, self._context, self._language, self._functions)
            except InvalidForm as error:
                errors = error.errors
                self._take_back(fields, errors)
            else:
                return Submitted(fields, language=self._language)
        told = (f"{name} {template.format(**params)}" for name, (template, params) in errors.items())
        raise NoAnswers(form=self._form.id, why=", ".join(told))

    def _take_back(self, fields: Fields, errors: Mapping[str, object]) -> None:
        for name in errors:
            self._refused[name] = self._refused.get(name, 0) + 1
            self._wrong.setdefault(name, set()).update(fields.pop(name, []))
            fields.pop(ROWS + name, None)
            for inner in [other for other in fields if other.startswith(f"{name}-")]:
                del fields[inner]

    def _fill(self, fields: Fields, attempt: int) -> None:
        for _ in range(ROUNDS):
            view = self._form.view(self._context, fields, self._language, self._functions)
            new = [node for node in _asked(view.nodes) if _name(node) not in fields]
            if not new:
                return
            for node in new:
                fields[_name(node)] = self._rows(node) if isinstance(node, RowsNode) else self._answer(node, attempt)
            if not view.conditional and not view.rearrangeable:
                return

    def _rows(self, node: RowsNode) -> list[str]:
        """Which rows of a list there are: those that are stored, or as many as the habits say."""
        kept = dig(self._context, node.name)
        if isinstance(kept, list | tuple) and kept:
            return [str(row.index) for row in node.rows]
        habit = self._habits.answers.get(_key(node.name), {"rows": {1: 1}})
        if "each" in habit:
            wanted = max(1, len(dig(self._context, habit["each"]) or ()))
        else:
            wanted = weighted(habit["rows"], self._dice)
        refused = self._refused.get(node.name, 0)
        # what was refused may have been wrong in its rows, too little or too much: each in turn, ever further
        wanted += (refused + 1) // 3 * (-1, 0, 1)[refused % 3]
        return [str(number) for number in range(wanted)] or [""]

    def _answer(self, question: Question, attempt: int) -> list[str]:
        refused = self._refused.get(question.name, 0)
        if question.kind == "file":
            return []
        habit = self._habits.answers.get(_key(question.name))
        if habit is None or refused > 1 or attempt > 1:
            # a choice that did not help is made anew
            return self._without_habit(question, refused or int(attempt > 1 and bool(question.options)))
        if isinstance(habit, Mapping) and self._dice.random() > habit.get("share", 1):
            return list(question.texts)
        return self._by_habit(question, habit, refused)

    def _by_habit(self, question: Question, habit: Any, refused: int) -> list[str]:
        match habit:
            case "none":
                return []
            case "all":
                return [option.value for option in question.options]
            case {"item": path}:
                item = self._item(question, path)
                return self._without_habit(question, 1) if item is None else [feel.to_text(item)]
            case "now" | {"read": _} | {"since": _} | {"days": _} | {"numbers": _} | {"zh": _}:
                return [self._made_up(question, habit, refused)]
        weights = {str(value): weight for value, weight in habit.items() if value != "share"}
        return self._weighted(question, weights, refused)

    def _item(self, question: Question, path: str) -> Any:
        """What stands in the list at `path` where the question stands in its own; None if that list is shorter."""
        items = dig(self._context, path) or ()
        row = int(question.name.split("-")[1])
        return items[row] if row < len(items) else None

    def _between(self, since: datetime) -> str:
        """Some moment between `since` and now."""
        passed = (clock.now() - since) * self._dice.random()
        local = (since + passed).astimezone(clock.zone()).replace(tzinfo=None)
        return local.isoformat(timespec="minutes")

    def _made_up(self, question: Question, habit: Any, refused: int) -> str:
        match habit:
            case {"read": path}:
                return feel.to_text(dig(self._context, path))
            case {"since": path}:
                return self._between(dig(self._context, path))
            case {"days": [least, most]}:
                # a day that was refused was too late, as a rule
                return self._moment(question, self._dice.randint(least, least if refused else most))
            case {"numbers": [least, most]}:
                return str(habit.get("in", "{}")).format(self._dice.randint(least, most))
            case {"zh": _}:
                return str(self._dice.choice(habit[self._language]))
        return self._moment(question, 0)

    def _weighted(self, question: Question, weights: Mapping[str, float], refused: int) -> list[str]:
        if question.texts and not refused and question.options and question.kind != "checklist":
            kept = question.texts[0]
            if kept not in weights:
                return [kept]
        if question.kind == "checkbox":
            return ["true"] if weighted(weights, self._dice) == "yes" else []
        if question.options:
            offered = {option.value for option in question.options}
            known = {value: weight for value, weight in weights.items() if value in offered}
            left_out = question.kind == "checklist" and not question.required and "none" not in offered
            known |= {"": weights["none"]} if left_out and "none" in weights else {}
            weights = self._hopeful(question, known) or dict.fromkeys(sorted(offered), 1)
        chosen = weighted(weights, self._dice)
        return [chosen] if chosen else []

    def _without_habit(self, question: Question, refused: int) -> list[str]:
        """What is there stays; what must be filled in is made up; all else stays empty."""
        if not refused and (question.texts or not question.required):
            return list(question.texts)
        match question.kind:
            case "checkbox":
                return ["true"] if question.required or self._dice.random() < 0.5 else []
            case "radio" | "select" | "checklist":
                offered = self._hopeful(question, {option.value: 1 for option in question.options})
                return [weighted(offered, self._dice)] if offered else []
            case "number":
                return [str(self._dice.randint(0, 5) if refused else 1)]
            case "date" | "datetime" | "time":
                return [self._moment(question, refused * self._dice.choice((-1, 1)))]
        return [self._text(question, refused)]

    def _hopeful(self, question: Question, weights: Mapping[str, float]) -> Mapping[str, float]:
        """Those answers that were not refused before; all again once every one was, as others may have changed."""
        wrong = self._wrong.get(question.name, set())
        if wrong >= weights.keys():
            wrong.clear()
        return {value: weight for value, weight in weights.items() if value not in wrong}

    def _text(self, question: Question, refused: int) -> str:
        """Sentences for a long text, one word for a line; what was refused is tried shorter and longer."""
        sentence = self._dice.choice(self._habits.phrases[self._language])
        if question.kind == "textarea":
            return sentence * (1 + refused // 2)
        return sentence[: 20 + 10 * refused]

    def _moment(self, question: Question, days: int) -> str:
        local = (clock.now() + timedelta(days=days)).astimezone(clock.zone())
        if question.kind == "date":
            return local.date().isoformat()
        minutes = local.replace(tzinfo=None, second=0, microsecond=0)
        return (minutes.time() if question.kind == "time" else minutes).isoformat(timespec="minutes")


def _asked(nodes: Sequence[Node]) -> Iterator[Question | RowsNode]:
    """Everything that can be answered, a list before its rows."""
    for node in walk(nodes):
        if isinstance(node, RowsNode) or (isinstance(node, Question) and not node.locked and node.kind != "output"):
            yield node


def _name(node: Question | RowsNode) -> str:
    return node.marker if isinstance(node, RowsNode) else node.name


def _key(name: str) -> str:
    """The field's key: `complaint.measures.amount` for `complaint.measures-1-amount`."""
    list_name, number, rest = [*name.split("-", 2), "", ""][:3]
    return f"{list_name}.{rest}" if number.isdigit() else name

"""Functions on lists and contexts (DMN 1.5, sections 10.3.4.4, .9 and .10)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.feel import YearsMonths, evaluate


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count([1, null, 3])", Decimal(3)),
        ("count([])", Decimal(0)),
        ("count(5)", Decimal(1)),
        ("min([3, 1, 2])", Decimal(1)),
        ("min(3, 1, 2)", Decimal(1)),
        ("min([])", None),
        ('min(1, "a")', None),
        ("min([1, null])", None),
        ('max(["a", "c", "b"])', "c"),
        ('max(@"P1D", @"PT36H")', timedelta(hours=36)),
        ("max(5)", Decimal(5)),
        ("sum([1, 2.5])", Decimal("3.5")),
        ("sum(1, 2, 3)", Decimal(6)),
        ("sum([])", None),
        ("sum([1, null])", None),
        ('sum([@"P1Y", @"P1M"])', YearsMonths(13)),
        ('sum([@"P1Y", @"P1D"])', None),
        ("mean([1, 2, 3, 6])", Decimal(3)),
        ("mean(1, 2)", Decimal("1.5")),
        ("mean([])", None),
        ('mean([1, "a"])', None),
        ("product([2, 3, 4])", Decimal(24)),
        ("product(2, 3, 4)", Decimal(24)),
        ("product([])", None),
        ("product([1, null])", None),
        ("product([1e6000, 1e6000])", None),
        ("median(8, 2, 5, 3, 4)", Decimal(4)),
        ("median([6, 1, 2, 3])", Decimal("2.5")),
        ("median([])", None),
        ('median(["a"])', None),
        ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
        ("stddev([47])", None),
        ("stddev([])", None),
        ("stddev([1, null])", None),
        ("mode(6, 3, 9, 6, 6)", [6]),
        ("mode([6, 1, 9, 6, 1])", [1, 6]),
        ("mode([])", []),
        ('mode([1, "a"])', None),
        ("all([true, false])", False),
        ("all(true, true)", True),
        ("all([])", True),
        ("all([true, null])", None),
        ("all([false, null])", False),
        ("all([0])", None),
        ("all(null)", None),
        ("any([false, true])", True),
        ("any(false)", False),
        ("any([])", False),
        ("any([false, null])", None),
        ("any([true, 1])", True),
    ],
)
def test_an_aggregate_gives(expression: str, value: object) -> None:
    assert evaluate(expression, {}) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("list contains([1, 2, 3], 2)", True),
        ("list contains([1, null], null)", True),
        ("list contains([[1]], [1])", True),
        ('list contains([1], "1")', False),
        ("sublist([4, 5, 6], 1, 2)", [4, 5]),
        ("sublist([4, 5, 6], -2)", [5, 6]),
        ("sublist([4, 5, 6], 0)", None),
        ("sublist([4, 5, 6], 4)", None),
        ("append([1], 2, 3)", [1, 2, 3]),
        ("append([], null)", [None]),
        ("append(1, 2)", [1, 2]),
        ("concatenate([1, 2], [3])", [1, 2, 3]),
        ("concatenate([1], 2, [])", [1, 2]),
        ("concatenate([1], null)", None),
        ("insert before([1, 3], 1, 2)", [2, 1, 3]),
        ("insert before([1, 3], -1, 2)", [1, 2, 3]),
        ("insert before([1, 3], 0, 2)", None),
        ("insert before([1, 3], 3, 2)", None),
        ("remove([1, 2, 3], 2)", [1, 3]),
        ("remove([1, 2, 3], -1)", [1, 2]),
        ("remove([1], 2)", None),
        ("list replace([2, 4, 7, 8], 3, 6)", [2, 4, 6, 8]),
        ("list replace([2, 4, 7, 8], -1, 6)", [2, 4, 7, 6]),
        ("list replace([1], 0, 6)", None),
        ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", [5, 5, 7, 8]),
        ("list replace([1, 2], function(item) true, 5)", None),
        ("list replace([1, 2], function(item, newItem) 1, 5)", None),
        ("reverse([1, 2, 3])", [3, 2, 1]),
        ("index of([1, 2, 3, 2], 2)", [2, 4]),
        ("index of([1, null], null)", [2]),
        ("index of([1], 5)", []),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ("distinct values([1, 2, 3, 2, 1.0])", [1, 2, 3]),
        ("distinct values([null, 1, null])", [None, 1]),
        ("flatten([[1, 2], [[3]], 4])", [1, 2, 3, 4]),
        ("flatten([])", []),
        ("sort([3, 1, 2])", [1, 2, 3]),
        ('sort([3, "a"])', None),
        ("sort([3, 1, 4, 5, 2], function(x, y) x < y)", [1, 2, 3, 4, 5]),
        ("sort([{a: 2}, {a: 1}], function(x, y) x.a < y.a)", [{"a": 1}, {"a": 2}]),
        ('sort(["b", "a"], function(x, y) x < y)', ["a", "b"]),
        ("sort([1, 2], function(x) x)", None),
        ('sort([1, "a"], function(x, y) x < y)', None),
        ("sort([], function(x, y) x < y)", []),
        ("sort(null, function(x, y) x < y)", None),
        ("sort([2, 1], null)", None),
    ],
)
def test_a_function_on_lists_gives(expression: str, value: object) -> None:
    assert evaluate(expression, {}) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('get value({a: 1}, "a")', 1),
        ('get value({a: 1}, "b")', None),
        ('get value({a: {b: 2}}, ["a", "b"])', 2),
        ('get value({a: {b: 2}}, ["a", "c"])', None),
        ("get value({a: 1}, [])", None),
        ("get value({a: 1}, [1])", None),
        ('get value(1, "a")', None),
        ("get entries({a: 1, b: null})", [{"key": "a", "value": 1}, {"key": "b", "value": None}]),
        ("get entries({})", []),
        ("get entries(1)", None),
        ('context([{key: "a", value: 1}, {key: "b", value: 2}])', {"a": 1, "b": 2}),
        ('context({key: "a", value: 1})', {"a": 1}),
        ("context([])", {}),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
        ('context([{key: "a"}])', None),
        ("context([{key: 1, value: 1}])", None),
        ("context([1])", None),
        ('context put({x: 1}, "y", 2)', {"x": 1, "y": 2}),
        ('context put({x: 1, y: 0, z: 0}, "y", 2)', {"x": 1, "y": 2, "z": 0}),
        ('context put({x: 1}, ["y"], 2)', {"x": 1, "y": 2}),
        ('context put({x: 1, y: {a: 0}}, ["y", "a"], 2)', {"x": 1, "y": {"a": 2}}),
        ('context put({x: 1, y: {a: 0}}, ["y", "a"], null)', {"x": 1, "y": {"a": None}}),
        ("context put({x: 1}, [], 2)", None),
        ('context put({x: 1}, ["x", "a"], 2)', None),
        ('context put({x: 1}, [1, "a"], 2)', None),
        ("context put({x: 1}, null, 2)", None),
        ('context put(null, "y", 2)', None),
        ("context merge([{x: 1}, {y: 2}])", {"x": 1, "y": 2}),
        ("context merge([{x: 1, y: 0}, {y: 2}])", {"x": 1, "y": 2}),
        ("context merge([])", {}),
        ("context merge({x: 1})", {"x": 1}),
        ("context merge([{x: 1}, null])", None),
    ],
)
def test_a_function_on_contexts_gives(expression: str, value: object) -> None:
    assert evaluate(expression, {}) == value


def test_results_are_new() -> None:
    context = {"list": [1, 2], "c": {"a": {"b": 1}}}

    evaluate('[append(list, 3), context put(c, ["a", "b"], 2), context merge([c, {x: 1}])]', context)

    assert context == {"list": [1, 2], "c": {"a": {"b": 1}}}

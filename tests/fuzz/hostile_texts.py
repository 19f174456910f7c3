"""Texts that strangers might write where a model has an expression, a time, a name or a number."""

FEEL = [
    *("", " ", "=", "null", "-", "?", "a >", "((((", "[1, 2]", "{a: }", '"open', "a b c d", "amount > 5", "²", "a.b.c"),
    "for i in 1..1000000000 return i",
    "for a in 1..1000, b in 1..1000 return a * b",
    "count(for a in 1..1000 return for b in 1..1000 return [a, b])",
    "some a in 1..100000, b in 1..100000 satisfies a = b + 1000000000",
    "{f: function(n) f(n + 1), r: f(1)}.r",
    "{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(60)}.r",
    "{" + ", ".join(["a0: [1,1]"] + [f"a{n}: [a{n - 1}, a{n - 1}]" for n in range(1, 40)]) + "}.a39 = 1",
    'matches("' + "x" * 3_000 + '", "(x+)+$y")',
    'replace("' + "x" * 3_000 + '", "(x|x|x)*y", "z")',
    'matches("a", "' + "(" * 300 + '")',
    "9 ** (9 ** 9)",
    'date("9999-12-31") + duration("P999999999D")',
    'duration("P99999999D") * 1e30',
    'time("10:00:00@../../etc/passwd")',
    "sort([3, 1, 2], function(x, y) x > y)",
    "(" * 3_000 + "1" + ")" * 3_000,
    "not(" * 1_000 + "a" + ")" * 1_000,
    "if a then b else " * 400 + "c",
    " or ".join(["a = 1"] * 1_000),
    "1" * 9_999,
    "x" * 20_000,
    "[1..5], > 7, not(3), null",
    "\u2028",
    "{a}",
]
JUEL = [
    *("${", "${}", "${a && b}", "#{a}", "${!empty a ? b : c}", "${execution.getVariable('a') == null}", "x${a}y${b}"),
    "${" + "(" * 500 + "a" + ")" * 500 + "}",
    "${a" + ".b" * 3_000 + "}",
    "${" * 2_000,
    '${a == "' + "'" * 500 + '"}',
    "${a.b(c).d[0].e(1, 'x')}",
]
TIMES = [
    *("PT1H", "P1D", "PT0S", "-PT1H", "R3/PT1H", "R/PT0S", "R0/PT1S", "R999999999/PT1S", "P999999999Y", "PT1H2"),
    *("2026-13-45", "0000-00-00T00:00:00", "2026-03-02T09:00:00+99:99", "R/2026-03-02T00:00:00Z/PT1S", "T", "P", "R/"),
    *("0 0 * * * ?", "* * * * *", "*/0 * * * *", "0 0 30 2 *", "99 99 99 99 99", "0-59/1 * * * * *", "0 0 0 ? * MON#9"),
    'duration("PT0S")',
    "R" + "9" * 500 + "/PT1S",
    "PT" + "9" * 500 + "S",
]
NAMES = [
    *("", "s", "t", "e", "x", "p", "a", "Start", "End", "Root", "p.EndJoin", "true", "false", "名 称", "a:b", "bpmn:s"),
    *("9" * 5_000, "{0.__class__}", "%s%n", "../../etc/passwd", "\u202e", "A" * 3_000, "-1", "0", "1e9", "²", "NaN"),
    *("<b>", "&amp;", "'; drop table x; --", "{{7*7}}", "\ud7ff", "None", "__class__"),
]
SIGNS = (" ", "1", '"', "'", "[", "- ", "a.", "${", "{{", "{", "\\", "//", "/*", "a;", "a\n", "@")
BEGINNINGS = ("user(", "${a", "a", "R3/", "a =", "1", "print")
LONG = [
    *(sign * 9_000 for sign in SIGNS),
    *(f"{begin}{' ' * 9_000}{end}" for begin in BEGINNINGS for end in ("", "x", ")")),
    *("user(" * 2_000, "a = '" * 2_000, "a=1;" * 2_000, "1 day " * 2_000, "a && " * 1_500, "x ? y : " * 1_000),
    *("if (a) b; " * 1_000, "R/" * 4_000, "1," * 4_000, "MON," * 2_000, "cc:" * 3_000, "{a:" * 3_000),
    ";".join(f"v{n} = v{n - 1} + v{n - 1}" for n in range(1, 40)),
]
ALL = [*FEEL, *JUEL, *TIMES, *NAMES, *LONG]

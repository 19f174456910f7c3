"""How many examples Hypothesis grows: a tenth of the cases, where more are asked for than usual."""

from hypothesis import settings

#: The least that `--cases` has to ask for.
_MANY = 1_000


def pytest_configure(config):
    cases = config.getoption("--cases")
    if cases >= _MANY:
        settings.register_profile("fuzz", settings(), max_examples=cases // 10)
        settings.load_profile("fuzz")

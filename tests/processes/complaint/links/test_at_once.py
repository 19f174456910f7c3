"""Two people who merge at the same moment, each the other's complaint: one merges, the other is told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.errors import Conflict, InvalidInput
from processes.complaint.links import chains

ROUNDS = 5


@pytest.mark.store
def test_merging_each_into_the_other_at_once_makes_no_circle(filed, merge, transaction):
    names = [(f"a{number}", f"b{number}") for number in range(ROUNDS)]
    filed(**{name: None for pair in names for name in pair})
    for one, other in names:
        together = threading.Barrier(2)

        def act(pair, together=together):
            together.wait(timeout=10)
            try:
                return merge(*pair)
            except (Conflict, InvalidInput) as error:
                return error

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(act, [(one, other), (other, one)]))
        assert sorted(isinstance(result, str) for result in results) == [False, True]
        with transaction() as session:
            assert chains.leads_to(session, one) == chains.leads_to(session, other)

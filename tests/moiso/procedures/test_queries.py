"""What people type finds what they mean: among the sample, and among as many procedures as the whole portal has."""

import time
import tomllib
from pathlib import Path

import pytest

from centre.bench.portal import PORTAL, portal
from centre.bench.table import p99
from centre.procedures import SAMPLE, listed
from moiso.procedures.catalogue import Catalogue
from moiso.procedures.everyday import EverydayWords
from moiso.procedures.places import places_of
from moiso.procedures.store import Stored, write
from moiso.runtime.site import load

QUERIES = tomllib.loads((Path(__file__).parent / "queries.toml").read_text(encoding="utf-8"))["query"]
LARGE = Path(__file__).parents[3] / "examples" / "large.toml"


@pytest.fixture(scope="module", params=[0, PORTAL], ids=["the sample", "the portal"])
def catalogue(request, tmp_path_factory):
    sample = listed(SAMPLE)
    procedures = portal(sample, request.param) if request.param else sample
    assert len(procedures) == (request.param or len(sample))
    path = tmp_path_factory.mktemp("catalogue") / "procedures.sqlite"
    write(path, Stored(procedures, EverydayWords()), "list", 1.0)
    site = load(LARGE)
    return Catalogue.open(path, places_of(site.services, site.elsewhere))


def test_the_right_procedure_is_among_the_first_three(catalogue):
    assert len(QUERIES) == 40
    missed = {q["typed"]: [p.code for p in catalogue.find(q["typed"], 3)] for q in QUERIES}
    missed = {typed: codes for typed, codes in missed.items() if not right(typed) & set(codes)}
    assert len(missed) <= 0.05 * len(QUERIES), missed


def right(typed):
    return next(set(query["right"]) for query in QUERIES if query["typed"] == typed)


def test_every_beginning_of_a_line_is_answered_in_time(catalogue):
    beginnings = [query["typed"][:end] for query in QUERIES[::2] for end in range(1, len(query["typed"]) + 1)]
    taken = []
    for typed in beginnings:
        began = time.thread_time()
        catalogue.find(typed)
        taken.append(time.thread_time() - began)
    assert p99(taken) < 0.05

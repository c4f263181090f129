"""Nobody sees another's context over a small pool, and nothing is shown without its ledger row."""

from tests.boundary import contexts


def test_errors_cancels_and_kills_never_mix_people_or_lose_a_look(committed):
    report = contexts.run(committed, requests=800, seed=1)

    assert report.strange == []
    assert report.unwritten == []
    assert report.answers["200"] > 300  # most were answered
    assert report.answers["500"] > 100  # and many failed
    assert report.disturbed > 20

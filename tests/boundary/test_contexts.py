"""Nobody sees another's context over a small pool, and nothing is shown without its ledger row."""

from tests.boundary import contexts, holes


def test_errors_cancels_and_kills_never_mix_people_or_lose_a_look(committed):
    report = contexts.run(committed, requests=800, seed=1)

    assert report.strange == []
    assert report.unwritten == []
    assert report.answers["200"] > 300  # most were answered
    assert report.answers["500"] > 100  # and many failed
    assert report.disturbed > 20


def test_a_context_left_on_a_connection_is_seen(committed):
    report = contexts.run(committed, requests=150, seed=2, hole=holes.CONTEXT_OF_THE_CONNECTION)

    assert len(report.strange) > 20  # twelve people over four connections: most are another


def test_a_look_without_a_row_of_the_ledger_is_seen(committed):
    report = contexts.run(committed, requests=150, seed=3, hole=holes.SILENT_LOOK)

    assert report.answers["200"] > 50
    assert len(report.unwritten) == report.answers["200"]
    assert report.strange == []

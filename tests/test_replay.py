from core import replay


def test_smoke(both):
    code = both.open()
    both.to_end(code)
    assert list(replay.differences(both.db)) == []
    assert both.case(code).outcome == "closed"

"""A restored story leaves the world as if it had been played again."""

import pytest

from core.store.replay import differences
from tests.support import countable_cases, world_snapshots
from tests.support.drive_case import World, dump

snapshots: dict[tuple[world_snapshots.Story, str], world_snapshots.Snapshot] = {}
results: dict[str, tuple[object, ...]] = {}


def state_of(world: World) -> tuple[object, ...]:
    root = world.store.root
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return dump(world.db), files, world.now


@pytest.mark.parametrize("turn", ["played", "restored"])
def test_a_world_goes_on_from_a_story_as_if_it_had_lived_it(both: World, turn: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(world_snapshots, "_snapshots", snapshots)
    kind = both.db.url.get_backend_name()
    if turn == "restored":
        monkeypatch.setattr(countable_cases, "CASES", ())  # nothing is played again
    codes = countable_cases.play(both)
    after = state_of(both)
    later = both.open("later")
    both.to(later, 2)
    assert results.setdefault(kind, (codes, after, later, state_of(both))) == (codes, after, later, state_of(both))
    assert len(codes) == 12
    assert list(differences(both.db)) == []

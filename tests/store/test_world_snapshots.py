"""A story that was lived before leaves a world as if it were lived again."""

import pytest

from core.store.replay import differences
from tests.support import countable_cases, world_snapshots
from tests.support.drive_case import World, dump

lived: dict[tuple[world_snapshots.Story, str], world_snapshots.Lived] = {}
told: dict[str, tuple[object, ...]] = {}


def found(world: World) -> tuple[object, ...]:
    root = world.store.root
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return dump(world.db), files, world.now


@pytest.mark.parametrize("turn", ["lived", "brought"])
def test_a_world_goes_on_from_a_story_as_if_it_had_lived_it(both: World, turn: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(world_snapshots, "_lived", lived)
    kind = both.db.url.get_backend_name()
    if turn == "brought":
        monkeypatch.setattr(countable_cases, "CASES", ())  # nothing is lived again
    codes = countable_cases.play(both)
    after = found(both)
    later = both.open("later")
    both.to(later, 2)
    assert told.setdefault(kind, (codes, after, later, found(both))) == (codes, after, later, found(both))
    assert len(codes) == 12
    assert list(differences(both.db)) == []

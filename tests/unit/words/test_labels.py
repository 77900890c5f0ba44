"""Labels of a choice: no two options can be taken for each other."""

from ui.words import labels


def test_no_two_labels_are_equal():
    assert labels.distinct({1: "Ana", 2: "Luz"}) == {1: "Ana", 2: "Luz"}
    assert labels.distinct({1: "Ana", 2: "Ana"}, {1: "a", 2: "b"}.__getitem__) == {1: "Ana · a", 2: "Ana · b"}
    assert labels.distinct({1: "Ana", 2: "Ana"}, lambda _: "x") == {1: "Ana · x · 1", 2: "Ana · x · 2"}
    assert labels.distinct({7: "Ana", 8: "Ana", 9: "Ana · 7"}) == {7: "Ana · 7 · 7", 8: "Ana · 8", 9: "Ana · 7 · 9"}
    assert labels.distinct({1: "A  B", 2: "A B"}) == {1: "A  B · 1", 2: "A B · 2"}

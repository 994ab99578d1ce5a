from demo.academy.dice import Dice


def test_a_draw_depends_on_its_key_alone_and_never_changes():
    # Written down once: another machine or another Python must draw the same.
    assert Dice(7, "pupil", 1).below(1000) != Dice(7, "pupil", 2).below(1000)
    dice = Dice("golden")
    assert [dice.below(1000) for _ in range(5)] == [26, 85, 184, 376, 941]


def test_draws_go_on_past_one_hash_and_stay_within_their_limit():
    dice = Dice("long")
    drawn = [dice.below(6) for _ in range(6000)]
    assert set(drawn) == set(range(6))
    assert all(800 < drawn.count(face) < 1200 for face in range(6))


def test_a_shuffle_keeps_everybody():
    items = list(range(100))
    mixed = Dice("mix").shuffled(items)
    assert mixed != items
    assert sorted(mixed) == items


def test_what_weighs_nothing_is_never_drawn():
    dice = Dice("weights")
    assert {dice.weighted((("a", 0), ("b", 3), ("c", 1))) for _ in range(200)} == {"b", "c"}

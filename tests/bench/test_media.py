"""The bench of pictures reads what the product's own child says."""

from bench.media import is_done, is_rendition, run_child
from bench.photograph import draw_dot


def test_a_dot_costs_the_start_of_the_child_and_little_else():
    cost = run_child(draw_dot(), until=is_rendition)
    assert cost.made == 1
    assert 0 < cost.cpu_s < 5
    assert 10 < cost.peak_mb < 500


def test_a_set_is_read_to_its_end():
    assert run_child(draw_dot(), until=is_done).made >= 4

import numpy as np

from musicalface.face.boxes import shifted, squared, without_overlaps


def boxes(*values: list[float]) -> np.ndarray:
    return np.array(values, np.float32)


def test_edges_move_by_shares_of_the_size() -> None:
    moved = shifted(boxes([10, 20, 30, 60]), boxes([0.1, -0.1, 0, 0.5]))
    np.testing.assert_allclose(moved, [[12, 16, 30, 80]])


def test_a_square_keeps_the_centre_and_the_longer_side() -> None:
    np.testing.assert_allclose(squared(boxes([0, 0, 10, 40])), [[-15, 0, 25, 40]])


def test_of_two_that_overlap_the_better_stays() -> None:
    found = boxes([0, 0, 10, 10], [1, 1, 11, 11], [50, 50, 60, 60])
    kept = without_overlaps(found, np.array([0.7, 0.9, 0.8], np.float32), 0.5)
    assert kept.tolist() == [1, 2]


def test_a_box_inside_another_goes_when_measured_by_the_smaller() -> None:
    found = boxes([0, 0, 100, 100], [10, 10, 30, 30])
    scores = np.array([0.9, 0.8], np.float32)
    assert len(without_overlaps(found, scores, 0.7)) == 2
    assert len(without_overlaps(found, scores, 0.7, of_smaller=True)) == 1


def test_no_boxes() -> None:
    assert len(without_overlaps(np.empty((0, 4), np.float32), np.empty(0, np.float32), 0.5)) == 0

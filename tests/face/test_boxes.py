import numpy as np

from musicalface.face.boxes import non_max_suppression, shift_boxes, square_boxes


def boxes(*values: list[float]) -> np.ndarray:
    return np.array(values, np.float32)


def test_shift_boxes_moves_edges_by_fractions() -> None:
    moved = shift_boxes(boxes([10, 20, 30, 60]), boxes([0.1, -0.1, 0, 0.5]))
    np.testing.assert_allclose(moved, [[12, 16, 30, 80]])


def test_square_boxes_keeps_the_center_and_the_longer_side() -> None:
    np.testing.assert_allclose(square_boxes(boxes([0, 0, 10, 40])), [[-15, 0, 25, 40]])


def test_non_max_suppression_keeps_the_better_box() -> None:
    found = boxes([0, 0, 10, 10], [1, 1, 11, 11], [50, 50, 60, 60])
    kept = non_max_suppression(found, np.array([0.7, 0.9, 0.8], np.float32), 0.5)
    assert kept.tolist() == [1, 2]


def test_non_max_suppression_of_nested_boxes() -> None:
    found = boxes([0, 0, 100, 100], [10, 10, 30, 30])
    scores = np.array([0.9, 0.8], np.float32)
    assert len(non_max_suppression(found, scores, 0.7)) == 2
    assert len(non_max_suppression(found, scores, 0.7, of_smaller=True)) == 1


def test_no_boxes() -> None:
    assert len(non_max_suppression(np.empty((0, 4), np.float32), np.empty(0, np.float32), 0.5)) == 0

"""The workshop: labelled data becomes models. Only this room imports torch."""

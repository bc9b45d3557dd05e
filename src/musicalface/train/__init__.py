"""Training: labelled data in, models out. The only package that imports torch."""

"""Evaluation of models on labelled data; does not need torch."""

"""Models and labelled data become figures; nothing here needs torch."""

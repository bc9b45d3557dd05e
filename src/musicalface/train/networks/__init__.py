"""The networks that can be trained: one file each, with how it learns."""

"""Kinds of question: one file each, all of the shape given in `base`."""

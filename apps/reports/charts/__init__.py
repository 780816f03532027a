"""Figures as drawings: what a reader is told and no more, so that a drawing shows nothing that its table withholds."""

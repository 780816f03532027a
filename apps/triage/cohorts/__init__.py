"""Cohorts: saved filters over the facts that ratings rest on, as list, count over time, export and watch."""

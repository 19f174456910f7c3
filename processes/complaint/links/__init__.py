"""Complaints that belong together: duplicates and repeats as candidates, links that a person makes, cases merged."""

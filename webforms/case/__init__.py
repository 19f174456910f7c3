"""The pages of one case: its timeline, and beside it what it is about, its files, its process, print and export."""

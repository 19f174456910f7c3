"""Reads DMN files into elements that can be evaluated, and collects every problem on the way."""

from engine.dmn.reading.library import Imports, Library

__all__ = ["Imports", "Library"]

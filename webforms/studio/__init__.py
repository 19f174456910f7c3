"""The process owner's pages: versions of an application, files up and down, and the modeler with what it asks for."""

from webforms.studio import modeler, versions
from webforms.studio.parts import pages

__all__ = ["modeler", "pages", "versions"]

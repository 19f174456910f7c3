"""Deployments and their versions, and the cache of models ready to run.

A deployment is the complete file set of one application and never changes. Which one new instances use is asked of the
`activation` table each time, so no cache needs invalidating across processes.
"""

from engine.definitions.asking import (
    active_definition,
    active_deployment,
    files_of,
    known,
    newest_deployment,
    shipped_waiting,
)
from engine.definitions.deploying import MAX_FILE, Deployed, activate, deploy, deploy_over, file_set_hash
from engine.definitions.library import READER_VERSION, Library, forget

__all__ = [
    "MAX_FILE",
    "READER_VERSION",
    "Deployed",
    "Library",
    "activate",
    "active_definition",
    "active_deployment",
    "deploy",
    "deploy_over",
    "file_set_hash",
    "files_of",
    "forget",
    "known",
    "newest_deployment",
    "shipped_waiting",
]

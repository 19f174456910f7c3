"""The board of a team: who has how much, until when, who is away, what nobody has; and who is best placed for more."""

from engine.queries.board.asking import board
from engine.queries.board.shown import Asked, Away, Board, BoardTask, Day, Load, Member

__all__ = ["Asked", "Away", "Board", "BoardTask", "Day", "Load", "Member", "board"]

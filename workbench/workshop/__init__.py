"""Serves a workshop to a room: people join by a short code, answer exercises alone, in pairs and together.

Comes in: exercises, a room's file. Goes out: three pages (participant, board, projector) and results without names.
"""

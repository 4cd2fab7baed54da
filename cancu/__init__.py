"""Căn Cứ: which decree justified which project, with the lines that say so."""

"""Dekbot: the headline and dek of every article that a reader follows, on Telegram."""

__version__ = "0.1.0"

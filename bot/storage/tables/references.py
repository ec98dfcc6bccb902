"""Columns by which one table names another's rows; they go when the row goes."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer


def article_id(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "article_id",
        BigInteger,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


def subscriber_id(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "subscriber_id",
        Integer,
        ForeignKey("subscribers.id", ondelete="CASCADE"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=False,
    )


def topic_id() -> Column[int]:
    return Column(
        "topic_id", Integer, ForeignKey("topics.id"), primary_key=True, autoincrement=False
    )

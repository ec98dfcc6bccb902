"""The bot's own face: who it is, its commands, descriptions and menu buttons."""

from typing import Any

Command = dict[str, str]


class BotProfile:
    """The bot's User, and what it says of itself per scope and language."""

    def __init__(
        self, user_id: int, *, username: str, first_name: str, inline: bool = True
    ) -> None:
        self.id, self.username, self.first_name = user_id, username, first_name
        #: Whether inline mode was switched on, as @BotFather does it.
        self.inline = inline
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        #: By chat; None is every chat that has none of its own.
        self.menu_buttons: dict[int | None, dict[str, Any]] = {}
        self._commands: dict[tuple[str, str], list[Command]] = {}

    def as_user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def as_me(self) -> dict[str, Any]:
        """Return the User with what only getMe tells."""
        return {
            **self.as_user(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": self.inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def commands(self, scope: dict[str, Any], language: str = "") -> list[Command]:
        return self._commands.get((_key(scope), language), [])

    def set_commands(self, commands: list[Command], scope: dict[str, Any], language: str) -> None:
        self._commands[_key(scope), language] = commands

    def forget_commands(self, scope: dict[str, Any], language: str) -> None:
        self._commands.pop((_key(scope), language), None)

    def menu(
        self,
        language: str | None = None,
        chat_id: int | None = None,
        *,
        in_group: bool = False,
        user_id: int | None = None,
        administers: bool = False,
    ) -> list[Command]:
        """Return the commands that a person of the language sees in a chat."""
        scopes = [f"chat:{chat_id}", "all_private_chats"]
        if in_group:
            scopes = [
                f"chat_member:{chat_id}:{user_id}",
                *([f"chat_administrators:{chat_id}"] if administers else []),
                f"chat:{chat_id}",
                *(["all_chat_administrators"] if administers else []),
                "all_group_chats",
            ]
        for scope in (*scopes, "default"):
            for spoken in (language or "", ""):
                found = self._commands.get((scope, spoken))
                if found:
                    return found
        return []


def _key(scope: dict[str, Any]) -> str:
    kind = str(scope.get("type", "default"))
    parts = [str(scope[name]) for name in ("chat_id", "user_id") if name in scope]
    return ":".join([kind, *parts])

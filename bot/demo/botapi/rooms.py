"""People, and the chats in which they meet the bot."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal

from bot.demo.botapi.messages import Message

RoomType = Literal["private", "group", "supergroup", "channel"]

_RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_CHANNEL_RIGHTS: Final = ("can_post_messages", "can_edit_messages")
_SUPERGROUP_RIGHTS: Final = ("can_pin_messages", "can_manage_topics")
#: What a restricted member may not do; the fields are those of ChatMemberRestricted.
_RESTRICTIONS: Final = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


class Standing(StrEnum):
    """Where somebody stands in a chat; the values are those of ChatMember.status."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    #: Inside, and may not write.
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def inside(self) -> bool:
        return self not in {Standing.LEFT, Standing.KICKED}

    @property
    def administers(self) -> bool:
        return self in {Standing.CREATOR, Standing.ADMINISTRATOR}


@dataclass(slots=True, kw_only=True)
class Person:
    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    #: The account is no more.
    deactivated: bool = False

    def as_user(self) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(slots=True, kw_only=True)
class Topic:
    """A topic of a forum; its id is the `message_thread_id`."""

    id: int
    name: str
    closed: bool = False
    #: The service message that opened it.
    opened: Message | None = None


@dataclass(slots=True, kw_only=True)
class Room:
    """A chat: private, group, supergroup or channel."""

    id: int
    type: RoomType
    title: str = ""
    username: str | None = None
    is_forum: bool = False
    #: Who is or was there, the bot included, by user id.
    standings: dict[int, Standing] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    #: Nobody has written to the bot here yet: it may not begin (private chats).
    begun: bool = True
    deleted: bool = False
    #: Members may not write, the bot among them unless it administers.
    read_only: bool = False
    #: Whether the bot may post, where it administers a channel.
    bot_may_post: bool = True
    #: Members may send no files, the bot among them unless it administers.
    without_files: bool = False
    #: The supergroup that this group became.
    migrated_to: int | None = None

    def standing(self, user_id: int) -> Standing:
        return self.standings.get(user_id, Standing.LEFT)

    def as_chat(self, person: Person | None = None) -> dict[str, Any]:
        """Return the Chat; a private one is named after its person."""
        chat: dict[str, Any] = {"id": self.id, "type": self.type}
        if person is not None:
            chat["first_name"] = person.first_name
        else:
            chat["title"] = self.title
        username = person.username if person is not None else self.username
        if username:
            chat["username"] = username
        if self.is_forum:
            chat["is_forum"] = True
        return chat


def member(
    user: dict[str, Any], standing: Standing, room_type: RoomType, *, may_post: bool = True
) -> dict[str, Any]:
    """Return the ChatMember; `may_post` is about administrators of channels."""
    shown: dict[str, Any] = {"user": user, "status": str(standing)}
    match standing:
        case Standing.CREATOR:
            shown["is_anonymous"] = False
        case Standing.ADMINISTRATOR:
            shown |= {"can_be_edited": False, "is_anonymous": False}
            shown |= dict.fromkeys(_RIGHTS, True)
            if room_type == "channel":
                shown |= dict.fromkeys(_CHANNEL_RIGHTS, may_post)
            if room_type == "supergroup":
                shown |= dict.fromkeys(_SUPERGROUP_RIGHTS, True)
        case Standing.RESTRICTED:
            shown |= {"is_member": True, "until_date": 0} | dict.fromkeys(_RESTRICTIONS, False)
        case Standing.KICKED:
            shown["until_date"] = 0
    return shown

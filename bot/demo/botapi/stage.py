"""What the methods of the Bot API work on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.botapi.access import Access
from bot.demo.botapi.cards import CardSource
from bot.demo.botapi.courier import Courier
from bot.demo.botapi.params import Parameters
from bot.demo.botapi.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    world: World
    access: Access
    courier: Courier
    card: CardSource | None = None


#: Carries out one call and returns its `result`; raises `Refusal`.
Method = Callable[[Stage, Parameters], Awaitable[Any]]

"""/mydata: everything that is stored on the chat, as one file."""

from typing import Final

from bot.telegram.handlers.turn import Changes, Command, Reply, Turn
from bot.texts.escape import Html, joined
from bot.texts.letter import Document, Letter


async def mydata(turn: Turn) -> Reply:
    texts = turn.texts
    disclosure = await turn.services.disclosures.of(turn.subscriber, texts.plain("mydata.about"))
    day = turn.services.clock().astimezone(turn.zone).date()
    document = Document(
        name=f"mydata-{day.isoformat()}.json",
        content=disclosure.content,
        mime_type="application/json",
        instead=Letter(html=texts.t("document.refused")),
    )
    left_out = disclosure.left_out
    note = texts.n("mydata.left-out", left_out) if left_out else Html("")
    caption = joined("\n\n", [texts.t("mydata.caption"), note])
    return Reply(letter=Letter(html=caption), document=document, outcome="told")


COMMANDS: Final = {"mydata": Command(mydata, Changes.ALWAYS)}

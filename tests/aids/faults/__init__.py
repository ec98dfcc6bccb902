"""Everything that can go wrong between the bot and Telegram, and what must happen then.

`wordings` reads how the Bot API refuses, `catalogue` prescribes each refusal and each way in which
a connection fails to the stand-in, `table` says what must happen on each kind of call, and the
drivers have the program make such a call and tell what happened. A new kind of call is a member of
`row.Call`, rows among those of its like and a driver in `drivers.DRIVERS`; tests tell what is
missing.
"""

"""Kills the real bot at seeded moments and counts what is lost or comes twice: `make chaos`.

The stand-in for Telegram and the newsroom live on in this process; the bot is a process of its
own, started again at once after each kill. Everything that is chosen comes from one seed; what the
machine's timing adds differs from run to run. What must arrive is computed by the pure rules of
`bot.domain`, from the readers' wishes and from what was published, and knows nothing of the bot's
database.
"""

// Presses that wait for the bot's answer.

// Telegram's own clients stop waiting after about as long.
const PATIENCE = 15000;

export class Presses {
  constructor() {
    this.waiting = new Map();
    this.early = new Set();
  }

  // Resolves when the press is answered, or when nobody answers it.
  async send(asking) {
    const { callback_query_id: id } = await asking;
    // The answer may come over the stream before the press itself has returned.
    if (this.early.delete(id)) return;
    await new Promise((resolve) => {
      this.waiting.set(id, resolve);
      setTimeout(() => this.settle(id), PATIENCE);
    });
  }

  answered(id) {
    if (this.waiting.has(id)) this.settle(id);
    else this.early.add(id);
  }

  settle(id) {
    this.waiting.get(id)?.();
    this.waiting.delete(id);
  }
}

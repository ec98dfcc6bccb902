// The foot of a conversation: the text to send, or the one button that stands in its place.

import { CommandMenu } from "./commands.js";
import { InlineMenu } from "./inline.js";
import { snippet } from "./text.js";

export class Composer {
  // `actions`: say(text, reply id) → promise of success, unblock(), and those of the inline menu.
  constructor(store, nodes, actions) {
    this.store = store;
    this.nodes = nodes;
    this.actions = actions;
    this.replyTo = null;
    this.drafts = new Map();
    this.menu = new CommandMenu(nodes.menuList, nodes.text, nodes.menu, (text, send) =>
      this.chosen(text, send),
    );
    this.inline = new InlineMenu(nodes.inlineList, nodes.text, {
      ...actions,
      share: (query, result) => this.share(query, result),
      start: (payload) => this.start(payload),
    });
    store.listen(() => {
      this.inline.username = store.bot.inline ? store.bot.username : "";
      this.refresh();
    });
    this.attend();
  }

  attend() {
    const { form, text, menu, wide, replyCancel } = this.nodes;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    text.addEventListener("input", () => this.typed());
    text.addEventListener("keydown", (event) => this.key(event));
    text.addEventListener("blur", () => this.closeMenus());
    text.addEventListener("focus", () => this.inline.filter(text.value));
    menu.addEventListener("mousedown", (event) => event.preventDefault());
    menu.addEventListener("click", () => {
      text.focus();
      this.menu.toggle();
    });
    wide.addEventListener("click", () => this.pressWide());
    replyCancel.addEventListener("click", () => this.reply(null));
  }

  // A room keeps what was typed in it while another one is open.
  open(previous) {
    if (previous) this.drafts.set(previous, this.nodes.text.value);
    this.reply(null);
    this.setText(this.drafts.get(this.store.current) ?? "");
    this.closeMenus();
    this.refresh();
  }

  refresh() {
    const room = this.store.room();
    this.nodes.foot.hidden = !room;
    if (!room) return;
    const readOnly = !room.may_write;
    const wide = this.wideText(room);
    this.nodes.readOnly.hidden = !readOnly;
    this.nodes.readOnly.textContent =
      room.type === "channel" ? "Only administrators write here." : "This topic is closed.";
    this.nodes.wide.hidden = readOnly || !wide;
    this.nodes.wide.textContent = wide;
    this.nodes.form.hidden = readOnly || Boolean(wide);
    this.menu.commands = room.commands;
    this.nodes.menu.hidden = !room.commands.length;
  }

  wideText(room) {
    if (room.blocked) return "Unblock bot";
    const known = this.store.messages.has(room.key);
    return room.type === "private" && known && !this.store.last(room.key) ? "Start" : "";
  }

  pressWide() {
    if (this.store.room().blocked) this.actions.unblock();
    else this.actions.say("/start").then(() => this.nodes.text.focus());
  }

  typed() {
    this.fit();
    this.menu.filter(this.nodes.text.value);
    this.inline.filter(this.nodes.text.value);
  }

  key(event) {
    if (this.menu.key(event) || this.inline.key(event)) event.preventDefault();
    else if (event.key === "Escape") this.reply(null);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  chosen(command, send) {
    this.setText(send ? command : `${command} `);
    this.nodes.text.focus();
    if (send) this.send();
  }

  async send() {
    const text = this.nodes.text.value.trim();
    if (!text) return;
    const replyTo = this.replyTo;
    this.setText("");
    this.reply(null);
    this.closeMenus();
    const room = this.store.current;
    // What could not be sent is given back, unless something new stands in its place.
    const sent = await this.actions.say(text, replyTo);
    if (!sent && room === this.store.current && !this.nodes.text.value) this.setText(text);
  }

  // A card that was sent takes the place of the words that found it.
  share(query, result) {
    this.setText("");
    this.actions.share(query, result);
  }

  start(payload) {
    this.setText("");
    this.closeMenus();
    this.actions.start(payload);
  }

  closeMenus() {
    this.menu.close();
    this.inline.forget();
    this.inline.close();
  }

  reply(message) {
    // Where nothing can be written, nothing can be answered.
    if (message && this.nodes.form.hidden) return;
    this.replyTo = message?.message_id ?? null;
    this.nodes.replying.hidden = !message;
    if (!message) return;
    const own = this.store.isOwn(this.store.current, message);
    this.nodes.replyingTo.textContent = own ? "You" : message.from.first_name;
    this.nodes.replyingText.textContent = snippet(message);
    this.nodes.text.focus();
  }

  setText(text) {
    this.nodes.text.value = text;
    this.fit();
  }

  fit() {
    const { text } = this.nodes;
    text.style.height = "";
    // Out of sight nothing has a height; the border is not part of what scrolls.
    const border = text.offsetHeight - text.clientHeight;
    if (text.scrollHeight) text.style.height = `${text.scrollHeight + border}px`;
  }
}

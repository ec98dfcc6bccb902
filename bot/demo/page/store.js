// What the page knows: the bot, the people, the rooms and their messages.
//
// Views listen and draw; only the store decides what is unread. Changes are told as
// ("rooms"), ("messages", room key), ("put", room key, message), ("commands").

export class Store {
  constructor() {
    this.bot = { id: 0, username: "", first_name: "Bot" };
    this.people = new Map();
    this.rooms = new Map();
    this.current = null;
    this.messages = new Map();
    this.lists = new Map();
    this.fresh = new Map();
    this.read = new Map();
    this.typing = new Map();
    this.listeners = [];
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  tell(kind, ...details) {
    for (const listener of this.listeners) listener(kind, ...details);
  }

  takeState({ bot, people, rooms }) {
    this.bot = bot;
    this.people = new Map(people.map((person) => [person.id, person]));
    this.rooms = new Map(rooms.map((room) => [room.key, room]));
    this.tell("rooms");
    this.tell("commands");
  }

  // From here until `takeMessages`, what the stream brings is newer than what is being loaded.
  beginLoading() {
    this.fresh.clear();
  }

  takeMessages(key, messages) {
    const known = this.messages.has(key);
    const taken = new Map(messages.map((message) => [message.message_id, message]));
    for (const [id, message] of this.fresh.get(key) ?? []) {
      if (message) taken.set(id, message);
      else taken.delete(id);
    }
    this.messages.set(key, taken);
    this.lists.delete(key);
    // What was there before the page was opened counts as read; what came while the connection
    // was lost does not, unless a restarted demo counts from one again.
    const restarted = (this.last(key)?.message_id ?? 0) < (this.read.get(key) ?? 0);
    if (!known || restarted || key === this.current) this.markRead(key);
    this.tell("messages", key);
  }

  put(keys, message) {
    for (const key of keys) {
      if (!this.rooms.has(key)) continue;
      this.note(key, message.message_id, message);
      if (message.from.is_bot) this.stopTyping(key);
      if (key === this.current || this.isOwn(key, message)) this.markRead(key);
      this.tell("put", key, message);
    }
    this.tell("rooms");
  }

  remove(keys, message) {
    for (const key of keys) {
      this.note(key, message.message_id, null);
      this.tell("removed", key, message);
    }
    this.tell("rooms");
  }

  note(key, id, message) {
    if (!this.messages.has(key)) this.messages.set(key, new Map());
    if (!this.fresh.has(key)) this.fresh.set(key, new Map());
    this.fresh.get(key).set(id, message);
    if (message) this.messages.get(key).set(id, message);
    else this.messages.get(key).delete(id);
    this.lists.delete(key);
  }

  open(key) {
    this.current = key;
    this.markRead(key);
    this.tell("rooms");
  }

  room(key = this.current) {
    return this.rooms.get(key);
  }

  // Oldest first; sorted once per change, as every view asks for it.
  list(key) {
    if (!this.lists.has(key)) {
      const messages = [...(this.messages.get(key)?.values() ?? [])];
      this.lists.set(key, messages.sort((a, b) => a.message_id - b.message_id));
    }
    return this.lists.get(key);
  }

  message(key, id) {
    return this.messages.get(key)?.get(id);
  }

  last(key) {
    return this.list(key).at(-1);
  }

  isOwn(key, message) {
    return message.from.id === this.rooms.get(key)?.person_id;
  }

  unread(key) {
    const read = this.read.get(key) ?? 0;
    return this.list(key).filter((m) => m.message_id > read && !this.isOwn(key, m)).length;
  }

  markRead(key) {
    this.read.set(key, this.last(key)?.message_id ?? 0);
  }

  setBlocked(key, blocked) {
    this.rooms.set(key, { ...this.rooms.get(key), blocked });
    this.tell("rooms");
  }

  // The menu differs with the language of who sees it.
  setMenus(menus) {
    for (const [key, commands] of Object.entries(menus)) {
      if (this.rooms.has(key)) this.rooms.set(key, { ...this.rooms.get(key), commands });
    }
    this.tell("commands");
  }

  // Telegram shows "typing" for five seconds after the bot last said so.
  startTyping(keys) {
    for (const key of keys) {
      clearTimeout(this.typing.get(key));
      this.typing.set(key, setTimeout(() => this.stopTyping(key), 5000));
    }
    this.tell("rooms");
  }

  stopTyping(key) {
    clearTimeout(this.typing.get(key));
    if (this.typing.delete(key)) this.tell("rooms");
  }
}

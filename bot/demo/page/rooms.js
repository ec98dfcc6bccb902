// The left column: people's own chats with the bot, then groups, forums' topics and channels as each
// of those in it sees them.

import { avatar } from "./avatar.js";
import { shortStamp } from "./dates.js";
import { element } from "./element.js";
import { languageName } from "./languages.js";
import { snippet } from "./text.js";

// A forum's topic goes by its own name; which forum it is in is told beside it.
export const nameOf = (room) => room.topic || room.title;

export class RoomList {
  constructor(store, node, onChoose) {
    this.store = store;
    this.node = node;
    this.onChoose = onChoose;
    this.drawn = new Map();
    store.listen((kind) => {
      if (["rooms", "messages"].includes(kind)) this.draw();
    });
    node.addEventListener("keydown", (event) => this.move(event));
  }

  draw() {
    const rooms = [...this.store.rooms.values()];
    const keys = rooms.map((room) => room.key).join();
    // The buttons stay while the rooms do, so that drawing again never takes the focus away.
    if (keys !== this.keys) this.build(rooms);
    this.keys = keys;
    for (const room of rooms) this.update(room, this.drawn.get(room.key));
  }

  build(rooms) {
    this.drawn.clear();
    const of = (some) => rooms.filter(some);
    const forums = [...new Set(of((room) => room.is_forum).map((room) => room.title))];
    const parts = [
      ["People", of((room) => room.type === "private")],
      ["Groups", of((room) => ["group", "supergroup"].includes(room.type) && !room.is_forum)],
      ...forums.map((title) => [title, of((room) => room.is_forum && room.title === title)]),
      ["Channels", of((room) => room.type === "channel")],
    ];
    this.node.replaceChildren(
      ...parts
        .filter(([, some]) => some.length)
        .flatMap(([title, some], place) => [
          element("h3", { id: `rooms-${place}` }, title),
          element(
            "ul",
            { "aria-labelledby": `rooms-${place}` },
            ...some.map((room) => element("li", {}, this.button(room))),
          ),
        ]),
    );
  }

  button(room) {
    const person = this.store.people.get(room.person_id);
    const isPrivate = room.type === "private";
    const name = isPrivate ? person.first_name : nameOf(room);
    const speaks = languageName(person.language_code);
    const parts = {
      stamp: element("time", { class: "room-stamp" }),
      last: element("span", { class: "room-last" }),
      count: element("span", { class: "room-count" }),
    };
    const button = element(
      "button",
      {
        type: "button",
        class: "room",
        "data-room": room.key,
        onclick: () => this.onChoose(room.key),
      },
      avatar(isPrivate ? person.id : (room.thread_id ?? room.chat_id), name),
      element(
        "span",
        { class: "room-body" },
        element(
          "span",
          { class: "room-top" },
          element("strong", {}, name),
          element("span", { class: "room-as" }, isPrivate ? speaks : `as ${person.first_name}`),
          parts.stamp,
        ),
        element("span", { class: "room-bottom" }, parts.last, parts.count),
      ),
    );
    this.drawn.set(room.key, { button, ...parts });
    return button;
  }

  update(room, { button, stamp, last, count }) {
    const message = this.store.last(room.key);
    const unread = this.store.unread(room.key);
    button.setAttribute("aria-current", String(room.key === this.store.current));
    button.dataset.blocked = String(room.blocked);
    stamp.textContent = message ? shortStamp(message.date) : "";
    last.textContent = this.lastLine(room, message);
    last.classList.toggle("is-typing", this.store.typing.has(room.key));
    count.textContent = unread ? (unread > 99 ? "99+" : String(unread)) : "";
    count.setAttribute("aria-label", unread ? `${unread} unread` : "");
    count.hidden = !unread;
  }

  lastLine(room, message) {
    if (this.store.typing.has(room.key)) return "typing…";
    if (!message) return room.blocked ? "Bot blocked" : "No messages yet";
    if (message.service) return message.text;
    const own = this.store.isOwn(room.key, message);
    const who = own ? "You: " : room.type === "private" ? "" : `${message.from.first_name}: `;
    return who + snippet(message);
  }

  // Up and down walk through the chats, as in any list of them.
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.drawn.values()].map(({ button }) => button);
    buttons[buttons.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  }
}

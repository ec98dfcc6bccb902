// The messages of the open room: drawn in order, with a line for every new day.
//
// The view stays at the bottom as long as the reader is there; who has scrolled up is left in
// peace and told how much is new.

import { bubble } from "./bubble.js";
import { dayKey, dayName } from "./dates.js";
import { element } from "./element.js";

const STEP = 150;
const NEAR = 80;

export class Conversation {
  constructor(store, nodes, actions) {
    this.store = store;
    this.nodes = nodes;
    this.actions = { ...actions, goTo: (id) => this.goTo(id) };
    this.limit = STEP;
    this.news = 0;
    store.listen((kind, key, message) => this.changed(kind, key, message));
    nodes.log.addEventListener("scroll", () => this.scrolled());
    nodes.jump.addEventListener("click", () => this.toBottom("smooth"));
    // Pictures and the keyboard of a phone change heights after the fact.
    new ResizeObserver(() => this.stick()).observe(nodes.log);
    nodes.log.addEventListener("load", () => this.stick(), true);
  }

  open() {
    this.limit = STEP;
    this.draw();
    this.toBottom();
  }

  changed(kind, key, message) {
    if (key !== this.store.current || key === null) return;
    if (kind === "messages") this.draw();
    if (kind === "put") this.put(message);
    if (kind === "removed") this.draw();
  }

  draw() {
    const room = this.store.room();
    const all = this.store.list(room.key);
    const shown = all.slice(-this.limit);
    const nodes = [];
    if (shown.length < all.length) nodes.push(this.earlier(all.length - shown.length));
    let day;
    for (const message of shown) {
      if (dayKey(message.date) !== day) nodes.push(dayOf(message.date));
      day = dayKey(message.date);
      nodes.at(-1).append(bubble(this.store, room, message, this.actions));
    }
    if (all.every((message) => message.service)) nodes.push(this.empty());
    this.nodes.log.replaceChildren(...nodes);
    this.stick();
  }

  put(message) {
    const room = this.store.room();
    const node = this.find(message.message_id);
    if (node) {
      swap(node, bubble(this.store, room, message, this.actions));
      this.stick();
      return;
    }
    const list = this.store.list(room.key);
    // Only what comes last is appended; anything else, a log grown long, and the hint of an empty
    // room are drawn anew.
    const first = list.slice(0, -1).every((earlier) => earlier.service);
    if (list.at(-1) !== message || first || this.grown()) this.draw();
    else this.append(room, message, list.at(-2));
    if (this.store.isOwn(room.key, message)) this.toBottom();
    else if (!this.atBottom) this.tellNews(this.news + 1);
  }

  append(room, message, before) {
    const node = bubble(this.store, room, message, this.actions);
    node.classList.add("is-new");
    if (dayKey(before.date) !== dayKey(message.date)) this.nodes.log.append(dayOf(message.date));
    this.nodes.log.lastElementChild.append(node);
    this.stick();
  }

  earlier(count) {
    const show = () => {
      const fromEnd = this.nodes.log.scrollHeight - this.nodes.log.scrollTop;
      this.limit += STEP;
      this.draw();
      this.nodes.log.scrollTop = this.nodes.log.scrollHeight - fromEnd;
    };
    const text = `Show earlier messages (${count})`;
    return element("button", { type: "button", class: "earlier", onclick: show }, text);
  }

  empty() {
    const { first_name: name, username } = this.store.bot;
    return element(
      "div",
      { class: "empty" },
      element("strong", {}, name),
      element("span", {}, `@${username}`),
      element("p", {}, hint(this.store.room())),
    );
  }

  find(id) {
    return this.nodes.log.querySelector(`[data-message-id="${Number(id)}"]`);
  }

  grown() {
    const drawn = this.nodes.log.querySelectorAll(".message").length;
    return this.atBottom && drawn > this.limit * 2;
  }

  goTo(id) {
    const node = this.find(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("is-found");
    requestAnimationFrame(() => node.classList.add("is-found"));
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.nodes.log;
    this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.atBottom) this.tellNews(0);
    this.nodes.jump.hidden = this.atBottom;
  }

  stick() {
    if (this.atBottom) this.toBottom();
  }

  toBottom(behavior = "instant") {
    this.atBottom = true;
    this.nodes.log.scrollTo({ top: this.nodes.log.scrollHeight, behavior });
    this.tellNews(0);
    this.nodes.jump.hidden = true;
  }

  tellNews(count) {
    this.news = count;
    this.nodes.jumpCount.textContent = count || "";
    this.nodes.jumpCount.hidden = !count;
  }
}

// What a room without messages is good for, and how that begins.
function hint(room) {
  if (room.type === "channel") {
    const how = `/channel @${room.username}`;
    return `The channel's posts come here. It is set up from an administrator's own chat: ${how}`;
  }
  if (room.type === "private") return "Nothing has been said here yet.";
  const where = room.topic ? "This topic has follows of its own" : "A group has follows of its own";
  return `${where}: an administrator writes /sections here.`;
}

// A day's messages stand together under its name, which sticks to the top while they last.
function dayOf(seconds) {
  const name = element("div", { class: "day", role: "separator" });
  name.append(element("span", {}, dayName(seconds)));
  return element("section", {}, name);
}

// A button that was pressed usually changes its own message: whoever works by keyboard keeps the
// place.
function swap(old, fresh) {
  const place = [...old.querySelectorAll(".key")].indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (place >= 0) fresh.querySelectorAll(".key")[place]?.focus({ preventScroll: true });
}

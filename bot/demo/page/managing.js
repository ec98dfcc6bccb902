// What an administrator can do to a room: remove the bot, forbid it to write, close a topic …

import { element } from "./element.js";

export class Managing {
  // `actions`: list(room key) → promise of {name: label}, act(room key, name).
  constructor(store, node, actions) {
    this.store = store;
    this.node = node;
    this.actions = actions;
    this.list = node.querySelector("div");
    node.addEventListener("toggle", () => node.open && this.draw());
    document.addEventListener("click", (event) => {
      if (!node.contains(event.target)) node.open = false;
    });
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") node.open = false;
    });
  }

  refresh() {
    const room = this.store.room();
    this.node.hidden = !room || room.type === "private" || !room.manages;
  }

  async draw() {
    const room = this.store.current;
    const possible = (await this.actions.list(room)) ?? {};
    this.list.replaceChildren(
      ...Object.entries(possible).map(([name, label]) =>
        element("button", { type: "button", onclick: () => this.act(room, name) }, label),
      ),
    );
  }

  act(room, name) {
    this.node.open = false;
    this.actions.act(room, name);
  }
}

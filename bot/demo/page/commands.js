// The bot's commands, filtered while one is typed. The focus stays in the text: the chosen line is
// told through aria-activedescendant.

import { element } from "./element.js";

export class CommandMenu {
  constructor(node, input, button, onChoose) {
    this.node = node;
    this.input = input;
    this.button = button;
    this.onChoose = onChoose;
    this.commands = [];
    this.shown = [];
    this.chosen = 0;
  }

  get isOpen() {
    return !this.node.hidden;
  }

  // Opens for "/" and what may follow it before the first space; closes for anything else.
  filter(text) {
    const typed = /^\/([a-z0-9_]*)$/i.exec(text);
    if (!typed) return this.close();
    const wanted = typed[1].toLowerCase();
    const starts = this.commands.filter(({ command }) => command.startsWith(wanted));
    const holds = this.commands.filter(
      // One letter is held by nearly everything.
      ({ command }) =>
        wanted.length > 1 && !command.startsWith(wanted) && command.includes(wanted),
    );
    this.show([...starts, ...holds]);
  }

  show(commands) {
    if (!commands.length) return this.close();
    this.shown = commands;
    this.node.replaceChildren(...commands.map((entry, place) => this.option(entry, place)));
    this.node.hidden = false;
    this.expanded(true);
    this.choose(0);
  }

  close() {
    if (!this.isOpen) return;
    this.node.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
    this.expanded(false);
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.show(this.commands);
  }

  // Returns whether the key was the menu's.
  key(event) {
    if (!this.isOpen) return false;
    const last = this.shown.length - 1;
    const moves = {
      ArrowDown: () => this.choose(this.chosen === last ? 0 : this.chosen + 1),
      ArrowUp: () => this.choose(this.chosen === 0 ? last : this.chosen - 1),
      Home: () => this.choose(0),
      End: () => this.choose(last),
      Escape: () => this.close(),
      Tab: () => this.take(this.shown[this.chosen], false),
      Enter: () => this.take(this.shown[this.chosen], true),
    };
    if (!moves[event.key] || event.shiftKey || event.isComposing) return false;
    moves[event.key]();
    return true;
  }

  // Enter and a click send the command; Tab only writes it, for those that want words behind it.
  take({ command }, send) {
    this.close();
    this.onChoose(`/${command}`, send);
  }

  choose(place) {
    this.chosen = place;
    for (const [index, option] of [...this.node.children].entries()) {
      option.setAttribute("aria-selected", String(index === place));
    }
    const option = this.node.children[place];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  option(entry, place) {
    return element(
      "div",
      {
        role: "option",
        id: `command-${place}`,
        class: "command-option",
        // The text keeps the focus, and a phone its keyboard.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.take(entry, true),
      },
      element("strong", {}, `/${entry.command}`),
      element("span", {}, entry.description),
    );
  }

  expanded(open) {
    this.input.setAttribute("aria-expanded", String(open));
    this.button.setAttribute("aria-expanded", String(open));
  }
}

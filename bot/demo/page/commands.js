// The bot's commands, filtered while one is typed.

import { element } from "./element.js";
import { Listbox } from "./listbox.js";

export class CommandMenu extends Listbox {
  constructor(node, input, button, onChoose) {
    super(node, input);
    this.button = button;
    this.onChoose = onChoose;
    this.commands = [];
    this.shown = [];
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
    this.open(commands.map((entry, place) => this.entry(entry, place)));
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.show(this.commands);
  }

  // Returns whether the key was the menu's.
  key(event) {
    return super.key(event, {
      Tab: () => this.take(this.shown[this.chosen], false),
      Enter: () => this.take(this.shown[this.chosen], true),
    });
  }

  // Enter and a click send the command; Tab only writes it, for those that want words behind it.
  take({ command }, send) {
    this.close();
    this.onChoose(`/${command}`, send);
  }

  entry(entry, place) {
    return this.option(
      `command-${place}`,
      "command-option",
      () => this.take(entry, true),
      element("strong", {}, `/${entry.command}`),
      element("span", {}, entry.description),
    );
  }

  expanded(open) {
    super.expanded(open);
    this.button.setAttribute("aria-expanded", String(open));
  }
}

// Options above the text, to be chosen from by keyboard or pointer. The focus stays in the text:
// the chosen option is told through aria-activedescendant.

import { element } from "./element.js";

export class Listbox {
  constructor(node, input) {
    this.node = node;
    this.input = input;
    this.chosen = 0;
  }

  get isOpen() {
    return !this.node.hidden;
  }

  get options() {
    return [...this.node.querySelectorAll('[role="option"]')];
  }

  // Opens with the option at this place chosen; with none chosen, Enter is the text's.
  open(nodes, place = 0) {
    this.node.replaceChildren(...nodes);
    this.node.hidden = false;
    this.node.scrollTop = 0;
    this.input.setAttribute("aria-controls", this.node.id);
    this.expanded(true);
    this.choose(place);
  }

  close() {
    if (!this.isOpen) return;
    this.node.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
    this.expanded(false);
  }

  choose(place) {
    this.chosen = place;
    const { options } = this;
    for (const [index, option] of options.entries()) {
      option.setAttribute("aria-selected", String(index === place));
    }
    const option = options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // Returns whether the key was the list's; `more` adds keys and what they do.
  key(event, more = {}) {
    if (!this.isOpen || event.shiftKey || event.isComposing) return false;
    const last = this.options.length - 1;
    const moves = {
      ArrowDown: () => this.choose(this.chosen >= last ? 0 : this.chosen + 1),
      ArrowUp: () => this.choose(this.chosen <= 0 ? last : this.chosen - 1),
      Home: () => this.choose(0),
      End: () => this.choose(last),
      ...(this.options[this.chosen] ? more : {}),
    };
    if (event.key === "Escape") this.close();
    else if (moves[event.key]) moves[event.key]();
    else return false;
    return true;
  }

  option(id, name, onclick, ...children) {
    // The text keeps the focus, and a phone its keyboard.
    const onmousedown = (event) => event.preventDefault();
    return element("div", { role: "option", id, class: name, onmousedown, onclick }, ...children);
  }

  expanded(open) {
    this.input.setAttribute("aria-expanded", String(open));
  }
}

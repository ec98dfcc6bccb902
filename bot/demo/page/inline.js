// Inline mode: what the bot offers for "@the_bot words", of which one card is sent.

import { element, safeHref } from "./element.js";
import { Listbox } from "./listbox.js";

// Milliseconds in which nothing is typed before the bot is asked.
const PAUSE = 200;
// Pixels from the end of the list at which more is fetched.
const NEAR = 200;

export class InlineMenu extends Listbox {
  // `actions`: ask(text, offset) → promise of an answer or null, share(query id, result id),
  // start(payload).
  constructor(node, input, actions) {
    super(node, input);
    this.actions = actions;
    this.username = "";
    this.forget();
    node.addEventListener("scroll", () => this.scrolled());
  }

  forget() {
    clearTimeout(this.timer);
    this.words = null;
    // What each option does, in their order.
    this.deeds = [];
    this.offset = "";
  }

  // Opens for "@the_bot " and whatever follows; closes for anything else.
  filter(text) {
    const [, name, words] = /^@(\w+)\s([^]*)$/.exec(text) ?? [];
    if (!this.username || name?.toLowerCase() !== this.username.toLowerCase()) {
      this.forget();
      return this.close();
    }
    if (words.trim() === this.words) return;
    this.forget();
    this.words = words.trim();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const { words } = this;
    const answer = await this.actions.ask(words, "");
    // Meanwhile something else may have been typed, or sent.
    if (answer && words === this.words) this.show(answer);
  }

  show(answer) {
    this.deeds = [];
    const { button, results } = answer;
    const nodes = [...(button ? [this.button(button)] : []), ...this.cards(answer)];
    // What leads away from here is chosen on purpose only.
    const first = results.length ? nodes.length - results.length : -1;
    if (nodes.length) this.open(nodes, first);
    else this.close();
  }

  async scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    if (!this.offset || scrollHeight - scrollTop - clientHeight > NEAR) return;
    const { words, offset } = this;
    this.offset = "";
    const answer = await this.actions.ask(words, offset);
    if (answer && words === this.words && this.isOpen) this.node.append(...this.cards(answer));
  }

  cards({ query_id: query, results, next_offset: next }) {
    this.offset = next;
    return results.map((result) => this.card(query, result));
  }

  card(query, { id, title, description, thumbnail_url: picture }) {
    return this.entry(
      "inline-option",
      () => this.actions.share(query, id),
      thumbnail(picture, title),
      element(
        "span",
        { class: "inline-text" },
        element("strong", { dir: "auto" }, title),
        element("span", { dir: "auto" }, description),
      ),
    );
  }

  // Leads to the private chat, as Telegram's clients do.
  button({ text, start_parameter: payload }) {
    return this.entry("inline-button", () => this.actions.start(payload), text);
  }

  entry(name, deed, ...children) {
    const place = this.deeds.push(deed) - 1;
    return this.option(`inline-${place}`, name, () => this.take(place), ...children);
  }

  // Returns whether the key was the list's.
  key(event) {
    return super.key(event, { Enter: () => this.take(this.chosen) });
  }

  take(place) {
    const deed = this.deeds[place];
    this.forget();
    this.close();
    deed();
  }
}

// The first letter stands where there is no picture, and where it does not come.
function thumbnail(address, title) {
  const letter = [...title.trim()][0] ?? "";
  const tile = element("span", { class: "inline-picture", "aria-hidden": "true" }, letter);
  if (!address) return tile;
  const image = element("img", { class: "inline-picture", alt: "", src: safeHref(address) });
  image.addEventListener("error", () => image.replaceWith(tile));
  return image;
}

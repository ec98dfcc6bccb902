// A message's text. `html` comes from the stand-in, which has parsed the bot's markup and written
// it anew with nothing but the tags of a message: it is the only string that becomes markup here.

import { element } from "./element.js";

const COMMAND = /(^|[\s(])(\/[a-z0-9_]{1,32}(?:@\w+)?)(?![\w/.])/gi;

export function formatted(message, onCommand) {
  const template = document.createElement("template");
  template.innerHTML = message.html ?? "";
  const text = template.content;
  for (const link of text.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  for (const spoiler of text.querySelectorAll(".tg-spoiler")) hide(spoiler);
  linkCommands(text, onCommand);
  return element("div", { class: "text", dir: "auto" }, text);
}

// One line for the list of chats and for quotes.
export function snippet(message) {
  const text = (message.text ?? "").replace(/\s+/g, " ").trim().slice(0, 160);
  return text || message.document?.name || message.photo?.name || "Message";
}

function hide(spoiler) {
  spoiler.setAttribute("role", "button");
  spoiler.setAttribute("tabindex", "0");
  spoiler.setAttribute("aria-label", "Hidden text, press to show");
  const show = () => {
    spoiler.classList.add("is-shown");
    spoiler.removeAttribute("role");
    spoiler.removeAttribute("aria-label");
  };
  spoiler.addEventListener("click", show);
  spoiler.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") show();
  });
}

// As in Telegram, a command in a text can be pressed; those in links and code are left alone.
function linkCommands(root, onCommand) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    if (node.parentElement?.closest("a, code, pre, .tg-spoiler")) continue;
    const parts = split(node.data, onCommand);
    if (parts) node.replaceWith(...parts);
  }
}

function split(text, onCommand) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(COMMAND)) {
    const start = found.index + found[1].length;
    const command = found[2];
    const press = () => onCommand(command);
    parts.push(text.slice(end, start));
    parts.push(element("button", { type: "button", class: "command", onclick: press }, command));
    end = start + command.length;
  }
  return end ? [...parts, text.slice(end)] : null;
}

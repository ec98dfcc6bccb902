// Inline keyboards: buttons that open an address, and buttons that the bot is asked about.

import { element, icon, safeHref } from "./element.js";

const OUTWARD = "M8 16L16 8M9 8h7v7";

export function keyboard(markup, onPress) {
  const rows = markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return element(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Buttons" },
    ...rows.map((row) =>
      element("div", { class: "key-row" }, ...row.map((button) => key(button, onPress))),
    ),
  );
}

function key(button, onPress) {
  if (button.url) return urlKey(button);
  const pressable = button.callback_data !== undefined;
  const copies = button.copy_text?.text;
  const node = element(
    "button",
    { type: "button", class: "key", disabled: !pressable && copies === undefined },
    element("span", { dir: "auto" }, button.text),
  );
  if (pressable) node.addEventListener("click", () => press(node, button, onPress));
  else if (copies !== undefined) node.addEventListener("click", () => copy(copies));
  return node;
}

function urlKey(button) {
  return element(
    "a",
    {
      class: "key is-url",
      href: safeHref(button.url),
      target: "_blank",
      rel: "noopener noreferrer",
    },
    element("span", { dir: "auto" }, button.text),
    icon(OUTWARD),
  );
}

// A button is busy until the bot has answered; a second press meanwhile would ask twice.
async function press(node, button, onPress) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  try {
    await onPress(button.callback_data);
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function copy(text) {
  navigator.clipboard?.writeText(text);
}

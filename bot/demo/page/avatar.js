// Initials on one of a few colours, which the id decides: a person keeps theirs everywhere.

import { element } from "./element.js";

const COLOURS = 7;

export function colourOf(id) {
  return Math.abs(Number(id)) % COLOURS;
}

export function avatar(id, name) {
  return element(
    "span",
    { class: "avatar", "data-colour": colourOf(id), "aria-hidden": "true" },
    initials(name),
  );
}

function initials(name) {
  const words = name.split(/[\s\-]+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""];
  return letters.map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase() || "?";
}

// A file in a message: its kind, name and size; a press keeps it.

import { element, icon, safeHref } from "./element.js";

const SHEET = "M7 3h7l5 5v13H7zM14 3v5h5M10 13h6M10 17h6";
const UNITS = ["bytes", "KB", "MB"];
const STEP = 1024;

export function documentBox(file) {
  const size = sizeOf(file.size);
  return element(
    "a",
    {
      class: "document",
      href: safeHref(file.url),
      download: file.name,
      "aria-label": `Download ${file.name}, ${size}`,
    },
    element("span", { class: "document-icon" }, icon(SHEET)),
    element(
      "span",
      { class: "document-about" },
      element("strong", { dir: "auto" }, file.name),
      element("span", {}, size),
    ),
  );
}

function sizeOf(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= STEP && unit < UNITS.length - 1) {
    size /= STEP;
    unit += 1;
  }
  return `${unit ? size.toFixed(1) : size} ${UNITS[unit]}`;
}

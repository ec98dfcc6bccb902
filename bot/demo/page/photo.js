// A picture in a message; a press keeps it. What it shows is said in the text below it.

import { element, safeHref } from "./element.js";

export function photo(file) {
  const address = safeHref(file.url);
  return element(
    "a",
    { class: "photo", href: address, download: file.name, "aria-label": `Download ${file.name}` },
    element("img", { src: address, alt: "A picture; the text below it says the same" }),
  );
}

// Link cards: what stands behind the first link of a message.

import { element, safeHref } from "./element.js";

export function card(preview) {
  const href = safeHref(preview.url);
  return element(
    "a",
    {
      class: `card ${preview.large ? "is-large" : "is-small"}`,
      href,
      target: "_blank",
      rel: "noopener noreferrer",
    },
    element(
      "span",
      { class: "card-text" },
      element("span", { class: "card-site" }, siteOf(preview.url)),
      element("strong", { class: "card-title", dir: "auto" }, preview.title ?? ""),
      element("span", { class: "card-about", dir: "auto" }, preview.description ?? ""),
    ),
    preview.image ? picture(preview.image) : "",
  );
}

function picture(address) {
  const image = element("img", { class: "card-picture", alt: "", src: safeHref(address) });
  // A picture that does not come leaves no hole.
  image.addEventListener("error", () => image.remove());
  return image;
}

function siteOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

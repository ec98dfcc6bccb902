// One message: who, what it answers, file, text, link card, time, and the buttons below it.

import { avatar, colourOf } from "./avatar.js";
import { card } from "./card.js";
import { clock, whole } from "./dates.js";
import { documentBox } from "./document.js";
import { element, icon } from "./element.js";
import { keyboard } from "./keyboard.js";
import { photo } from "./photo.js";
import { formatted, snippet } from "./text.js";

const REPLY = "M10 7L5 12l5 5M5 12h8a6 6 0 0 1 6 6";
const SILENT = "M6 16h12l-1.5-2v-4a4.5 4.5 0 0 0-9 0v4zM10.5 19h3M4 4l16 16";

// `actions`: reply(message), press(message, data), command(text), goTo(message id).
export function bubble(store, room, message, actions) {
  if (message.service) return notice(message);
  const own = store.isOwn(room.key, message);
  const named = room.type !== "private" && !own;
  const { first_name: name, id } = message.from;
  const time = clock(message.date);
  return element(
    "article",
    {
      class: `message ${own ? "is-own" : "is-other"}`,
      "data-message-id": message.message_id,
      "aria-label": `${own ? "You" : name}, ${time}`,
    },
    named ? avatar(id, name) : "",
    element(
      "div",
      { class: "column" },
      element(
        "div",
        { class: "bubble", ondblclick: () => actions.reply(message) },
        named ? element("strong", { class: "sender", "data-colour": colourOf(id) }, name) : "",
        message.via_bot ? element("span", { class: "via" }, `via @${message.via_bot}`) : "",
        quote(store, room, message, actions),
        message.document ? documentBox(message.document) : "",
        message.photo ? photo(message.photo) : "",
        formatted(message, actions.command),
        message.link_preview ? card(message.link_preview) : "",
        meta(message, time),
      ),
      keyboard(message.reply_markup, (data) => actions.press(message, data)),
    ),
    room.type === "channel" ? "" : replyButton(() => actions.reply(message)),
  );
}

// What the messenger itself says: a topic was opened, the bot was added.
function notice(message) {
  return element(
    "article",
    { class: "message is-service", "data-message-id": message.message_id },
    element("span", {}, message.text),
  );
}

function replyButton(onclick) {
  const names = { class: "icon-button reply", "aria-label": "Reply", title: "Reply" };
  return element("button", { type: "button", ...names, onclick }, icon(REPLY));
}

function meta(message, time) {
  const stamp = new Date(message.date * 1000).toISOString();
  const silent = element("span", { class: "silent", title: "Sent without sound" }, icon(SILENT));
  silent.append(element("span", { class: "only-read" }, "Sent without sound"));
  return element(
    "span",
    { class: "meta" },
    message.silent ? silent : "",
    message.edit_date ? element("span", { title: whole(message.edit_date) }, "edited") : "",
    element("time", { datetime: stamp, title: whole(message.date) }, time),
  );
}

function quote(store, room, message, actions) {
  const id = message.reply_to_message_id;
  if (!id) return "";
  const original = store.message(room.key, id);
  const who = original && (store.isOwn(room.key, original) ? "You" : original.from.first_name);
  return element(
    "button",
    { type: "button", class: "quote", onclick: () => actions.goTo(id) },
    element("strong", {}, who ?? "Message"),
    element("span", { dir: "auto" }, original ? snippet(original) : "Deleted message"),
  );
}

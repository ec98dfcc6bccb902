// Joins the parts: the store, the views, the stream of events and what a person can do.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { languageName } from "./languages.js";
import { Managing } from "./managing.js";
import { Notices } from "./notices.js";
import { Presses } from "./presses.js";
import { nameOf, RoomList } from "./rooms.js";
import { Store } from "./store.js";
import { openStream } from "./stream.js";

const node = (id) => document.getElementById(id);
const STATES = { connecting: "Connecting…", live: "Connected", lost: "Reconnecting…" };
const KINDS = { private: "bot", group: "group", supergroup: "group", channel: "channel" };

let connection = "connecting";
const store = new Store();
const presses = new Presses();
const notices = new Notices(node("toast"), node("alert"), node("alert-text"));
const composer = new Composer(
  store,
  {
    foot: node("foot"),
    form: node("composer"),
    text: node("text"),
    menu: node("menu"),
    menuList: node("command-menu"),
    inlineList: node("inline-menu"),
    wide: node("wide"),
    readOnly: node("read-only"),
    replying: node("replying"),
    replyingTo: node("replying-to"),
    replyingText: node("replying-text"),
    replyCancel: node("reply-cancel"),
  },
  { say, unblock: () => block(false), ask: askInline, share, start },
);
const conversation = new Conversation(
  store,
  { log: node("log"), jump: node("jump"), jumpCount: node("jump-count") },
  { reply: (message) => composer.reply(message), press, command: (text) => say(text) },
);
const managing = new Managing(store, node("manage"), {
  list: (room) => tried(api.actions(room)),
  act: (room, what) => tried(api.act(room, what)),
});
new RoomList(store, node("rooms"), (key) => open(key));

store.listen(drawHead);
node("back").addEventListener("click", () => show("rooms"));
node("block").addEventListener("click", () => block(true));
document.addEventListener("click", followDeepLink);
addEventListener("hashchange", openFromAddress);

openStream({
  onState(state) {
    connection = state;
    node("connection").dataset.state = state;
    node("connection").textContent = STATES[state];
    drawHead();
  },
  onOpen: load,
  onEvent(kind, data) {
    // A group that became a supergroup, or one that is new, is a room not heard of before.
    if (store.rooms.size && data.rooms?.some((key) => !store.rooms.has(key))) load();
    if (kind === "message" || kind === "edited") store.put(data.rooms, data.message);
    if (kind === "deleted") store.remove(data.rooms, data.message);
    if (kind === "typing") store.startTyping(data.rooms);
    if (kind === "rooms") load();
    if (kind === "commands") store.setMenus(data.menus);
    if (kind === "answer") answered(data);
  },
});

async function load() {
  store.beginLoading();
  const state = await tried(api.state());
  if (!state) return;
  store.takeState(state);
  await Promise.all(
    [...store.rooms.keys()].map(async (key) => {
      const messages = await tried(api.messages(key));
      if (messages) store.takeMessages(key, messages);
    }),
  );
  if (!store.room()) openFromAddress();
  else drawHead();
}

// The address remembers the open room, so that a reload comes back to it.
function openFromAddress() {
  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked === store.current && store.room()) return;
  const first = store.rooms.keys().next().value;
  if (store.rooms.has(asked)) open(asked);
  else if (first && !store.room()) open(first, { stay: true });
}

function open(key, { stay = false } = {}) {
  const previous = store.current;
  store.open(key);
  if (!stay) {
    history.replaceState(null, "", `#${encodeURIComponent(key)}`);
    show("chat");
  }
  if (key === previous) return;
  notices.clear();
  conversation.open();
  composer.open(previous);
  if (!stay && matchMedia("(hover: hover)").matches) node("text").focus();
}

// On a phone only one of the two columns has room.
function show(view) {
  node("app").dataset.view = view;
}

function drawHead() {
  const room = store.room();
  managing.refresh();
  if (!room) return;
  const { bot } = store;
  const person = store.people.get(room.person_id);
  const isPrivate = room.type === "private";
  node("chat-name").textContent = isPrivate ? bot.first_name : nameOf(room);
  drawNote(room, person);
  node("chat-avatar").replaceChildren(
    isPrivate
      ? avatar(bot.id, bot.first_name)
      : avatar(room.thread_id ?? room.chat_id, nameOf(room)),
  );
  // Who has blocked the bot finds the way back at the foot of the chat.
  node("block").hidden = !isPrivate || room.blocked;
  const unread = [...store.rooms.keys()].reduce((sum, key) => sum + store.unread(key), 0);
  document.title = unread ? `(${unread}) Dekbot demo` : "Dekbot demo";
}

function spoken({ first_name, language_code }) {
  const language = languageName(language_code);
  return language ? `${first_name}, whose Telegram speaks ${language}` : first_name;
}

// A phone shows no left column beside the chat: a lost connection must be told here too.
function drawNote(room, person) {
  const note = node("chat-note");
  const isTyping = connection === "live" && store.typing.has(room.key);
  const kind = room.topic ? `topic of ${room.title}` : KINDS[room.type];
  const usual = isTyping ? "typing…" : `${kind}, seen as ${spoken(person)}`;
  note.textContent = connection === "live" ? usual : STATES[connection];
  note.classList.toggle("is-typing", isTyping);
  note.classList.toggle("is-lost", connection === "lost");
}

async function say(text, replyTo) {
  const room = store.current;
  const message = await tried(api.say(room, text, replyTo));
  if (message) store.put([room], message);
  return Boolean(message);
}

function askInline(text, offset) {
  return tried(api.inline(store.current, text, offset));
}

async function share(query, result) {
  const room = store.current;
  const message = await tried(api.share(room, query, result));
  if (message) store.put([room], message);
}

async function press(message, data) {
  await tried(presses.send(api.press(store.current, message.message_id, data)));
}

function answered({ room, callback_query_id: id, text, show_alert: isAlert }) {
  presses.answered(id);
  if (!text || room !== store.current) return;
  if (isAlert) notices.alert(text);
  else notices.toast(text);
}

async function block(blocked) {
  const room = store.current;
  if (await tried(api.block(room, blocked))) store.setBlocked(room, blocked);
}

// Links like t.me/the_bot?start=payload are the bot's own: Telegram opens the private chat and
// sends /start with the payload, and so does this page.
function followDeepLink(event) {
  const link = event.target.closest?.("a[href]");
  const url = link && new URL(link.href, location.href);
  if (url?.host !== "t.me") return;
  if (url.pathname.slice(1).toLowerCase() !== store.bot.username.toLowerCase()) return;
  event.preventDefault();
  if (url.searchParams.has("startchannel")) {
    notices.toast("Telegram would ask for a channel here. In the demo the bot is in one already.");
  }
  if (url.searchParams.has("start")) start(url.searchParams.get("start"));
}

function start(payload) {
  open(String(store.room().person_id));
  say(`/start ${payload}`.trim());
}

async function tried(promise) {
  try {
    return await promise;
  } catch (error) {
    notices.toast(error.message);
    return null;
  }
}

// The stand-in's user side. Every failure becomes an Error whose message can be shown.

const ROOT = "/chat/api";

export const api = {
  state: () => ask("/state"),
  messages: async (room) => (await ask(`${roomPath(room)}/messages`)).messages,
  say: (room, text, replyTo) =>
    ask(`${roomPath(room)}/messages`, {
      text,
      ...(replyTo ? { reply_to_message_id: replyTo } : {}),
    }),
  press: (room, messageId, data) => ask(`${roomPath(room)}/messages/${messageId}/press`, { data }),
  actions: async (room) => (await ask(`${roomPath(room)}/actions`)).actions,
  act: (room, what) => ask(`${roomPath(room)}/actions`, { do: what }),
  inline: (room, text, offset) => ask(`${roomPath(room)}/inline`, { text, offset }),
  share: (room, queryId, resultId) =>
    ask(`${roomPath(room)}/share`, { query_id: queryId, result_id: resultId }),
  block: (room, blocked) => ask(`${roomPath(room)}/block`, { blocked }),
};

// A group's key holds a colon and a minus: the path must survive both.
function roomPath(room) {
  return `/rooms/${encodeURIComponent(room)}`;
}

async function ask(path, body) {
  const options = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(ROOT + path, options);
  } catch {
    throw new Error("The demo does not answer. Is it still running?");
  }
  const content = (await answer.json().catch(() => null)) ?? {};
  if (!answer.ok) throw new Error(content.error || `The demo answered ${answer.status}.`);
  return content;
}

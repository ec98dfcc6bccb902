// The stream of events, kept open.
//
// EventSource reconnects by itself after a broken connection, but gives up for good after an HTTP
// error (a proxy's 502, a server that is still starting); then a new one is opened, a little later
// each time. Whatever happened in between is not sent again, so `onOpen` must load anew.

const KINDS = ["message", "edited", "deleted", "typing", "answer", "commands", "rooms"];
const LONGEST_WAIT = 8000;

export function openStream({ onOpen, onEvent, onState }) {
  let source;
  let wait = 500;

  function connect() {
    source = new EventSource("/chat/api/events");
    source.addEventListener("open", () => {
      wait = 500;
      onState("live");
      onOpen();
    });
    source.addEventListener("error", failed);
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        // The stream's own failure is no message of the server's and carries no data.
        if (event.data !== undefined) onEvent(kind, JSON.parse(event.data));
      });
    }
  }

  function failed() {
    onState("lost");
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  onState("connecting");
  connect();
  // A page that is left closes its stream at once instead of leaving it to a timeout.
  addEventListener("pagehide", () => source.close());
}

// The line to the server: one frame on its way at a time, and the newest one next.

import { set, state, watch } from "./store.js";

const LONGEST_ANSWER = 5000; // milliseconds
const LONGEST_PAUSE = 5000;
const SHORTEST_ROUND = 66; // fifteen frames a second are enough, and leave the computer its rest
const NOT_ALLOWED = 4401;
const TOO_MANY = 1013;

export class SightLine {
  /** `heard` has sight(answer), rest(answer) and full(); `frame` gives a Blob, or null for "not now". */
  constructor(frame, heard) {
    this.frame = frame;
    this.heard = heard;
    this.socket = null;
    this.wanted = false;
    this.tries = 0;
    document.addEventListener("visibilitychange", () => this.next());
    watch(["server"], ({ server }) => { if (server === "there" && this.wanted && !this.socket) this.open(); });
  }

  open() {
    this.close();
    this.wanted = true;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/sight`);
    this.socket = socket;
    socket.addEventListener("open", () => this.next());
    socket.addEventListener("message", ({ data }) => { if (socket === this.socket) this.hear(JSON.parse(data)); });
    socket.addEventListener("close", ({ code }) => { if (socket === this.socket) this.closed(code); });
  }

  close() {
    this.wanted = false;
    clearTimeout(this.patience);
    clearTimeout(this.later);
    const socket = this.socket;
    this.socket = null;
    this.waits = false;
    socket?.close();
  }

  closed(code) {
    this.close();
    if (code === NOT_ALLOWED) {
      this.wanted = true;
      set({ server: "refused" });
    } else if (code === TOO_MANY) this.heard.full();
    else this.again();
  }

  again() {
    this.wanted = true;
    this.tries += 1;
    const length = Math.min(LONGEST_PAUSE, 250 * 2 ** this.tries);
    if (this.tries > 1 && state.server === "there") set({ server: "gone" });
    else if (state.server === "there") this.later = setTimeout(() => this.open(), length);
  }

  tell(what) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify({ do: what }));
    return true;
  }

  hear(answer) {
    if (answer.type === "rest") {
      this.heard.rest(answer);
      return;
    }
    clearTimeout(this.patience);
    this.waits = false;
    this.tries = 0;
    if (answer.type === "sight") this.heard.sight(answer);
    const rest = Math.max(0, SHORTEST_ROUND - (performance.now() - this.sent));
    this.later = setTimeout(() => this.next(), rest);
  }

  async next() {
    const socket = this.socket;
    if (this.waits || document.hidden || socket?.readyState !== WebSocket.OPEN) return;
    this.waits = true;
    const frame = await this.frame();
    if (socket !== this.socket || socket.readyState !== WebSocket.OPEN) return;
    if (!frame) {
      this.waits = false;
      this.later = setTimeout(() => this.next(), SHORTEST_ROUND);
      return;
    }
    this.sent = performance.now();
    this.patience = setTimeout(() => { this.close(); this.again(); }, LONGEST_ANSWER);
    socket.send(frame);
  }
}

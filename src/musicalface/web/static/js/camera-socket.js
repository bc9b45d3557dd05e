// WebSocket client: sends one frame at a time, always the newest, and waits for its reading.

import { setState, state, subscribe } from "./store.js";

const ANSWER_TIMEOUT = 5000; // milliseconds
const MAX_RECONNECT_DELAY = 5000;
const MIN_FRAME_INTERVAL = 66; // 15 frames a second are enough and keep the CPU load low
const NOT_ALLOWED = 4401;
const TRY_AGAIN_LATER = 1013;

export class CameraSocket {
  /**
   * `captureFrame` returns a Blob, or null while there is no frame to send.
   * `handlers` has sight(answer), rest(answer) and full().
   */
  constructor(captureFrame, handlers) {
    this.captureFrame = captureFrame;
    this.handlers = handlers;
    this.socket = null;
    this.keepOpen = false;
    this.attempts = 0;
    document.addEventListener("visibilitychange", () => this.sendFrame());
    subscribe(["server"], ({ server }) => { if (server === "ready" && this.keepOpen && !this.socket) this.open(); });
  }

  open() {
    this.close();
    this.keepOpen = true;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/sight`);
    this.socket = socket;
    socket.addEventListener("open", () => this.sendFrame());
    socket.addEventListener("message", ({ data }) => { if (socket === this.socket) this.onMessage(JSON.parse(data)); });
    socket.addEventListener("close", ({ code }) => { if (socket === this.socket) this.onClose(code); });
  }

  close() {
    this.keepOpen = false;
    clearTimeout(this.answerTimer);
    clearTimeout(this.nextTimer);
    const socket = this.socket;
    this.socket = null;
    this.awaitingAnswer = false;
    socket?.close();
  }

  onClose(code) {
    this.close();
    if (code === NOT_ALLOWED) {
      this.keepOpen = true;
      setState({ server: "unauthorized" });
    } else if (code === TRY_AGAIN_LATER) this.handlers.full();
    else this.reconnect();
  }

  reconnect() {
    this.keepOpen = true;
    this.attempts += 1;
    const wait = Math.min(MAX_RECONNECT_DELAY, 250 * 2 ** this.attempts);
    if (this.attempts > 1 && state.server === "ready") setState({ server: "unreachable" });
    else if (state.server === "ready") this.nextTimer = setTimeout(() => this.open(), wait);
  }

  sendCommand(command) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify({ do: command }));
    return true;
  }

  onMessage(answer) {
    if (answer.type === "rest") {
      this.handlers.rest(answer);
      return;
    }
    clearTimeout(this.answerTimer);
    this.awaitingAnswer = false;
    this.attempts = 0;
    if (answer.type === "sight") this.handlers.sight(answer);
    const wait = Math.max(0, MIN_FRAME_INTERVAL - (performance.now() - this.sent));
    this.nextTimer = setTimeout(() => this.sendFrame(), wait);
  }

  async sendFrame() {
    const socket = this.socket;
    if (this.awaitingAnswer || document.hidden || socket?.readyState !== WebSocket.OPEN) return;
    this.awaitingAnswer = true;
    const frame = await this.captureFrame();
    if (socket !== this.socket || socket.readyState !== WebSocket.OPEN) return;
    if (!frame) {
      this.awaitingAnswer = false;
      this.nextTimer = setTimeout(() => this.sendFrame(), MIN_FRAME_INTERVAL);
      return;
    }
    this.sent = performance.now();
    this.answerTimer = setTimeout(() => { this.close(); this.reconnect(); }, ANSWER_TIMEOUT);
    socket.send(frame);
  }
}

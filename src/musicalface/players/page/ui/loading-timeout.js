// Watches a song that loads: says so after one second, and reports after eight that nothing came.

const SAID_AFTER = 1000; // milliseconds
const GIVEN_UP_AFTER = 8000;

export class LoadingWatch {
  /** Calls `onSlow` after one second and `onStalled` after eight, unless it is stopped before. */
  constructor(onSlow, onStalled) {
    this.handlers = { onSlow, onStalled };
    this.timers = [];
  }

  start() {
    this.stop();
    this.timers = [setTimeout(this.handlers.onSlow, SAID_AFTER), setTimeout(this.handlers.onStalled, GIVEN_UP_AFTER)];
  }

  stop() {
    this.timers.forEach(clearTimeout);
    this.timers = [];
  }

  get running() {
    return this.timers.length > 0;
  }
}

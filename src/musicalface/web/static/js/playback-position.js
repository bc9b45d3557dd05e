// The position in a song that plays elsewhere: between two answers it moves on by the clock.

export class SongClock {
  constructor() {
    this.set(0);
  }

  set(seconds) {
    this.start = { seconds, at: performance.now() };
  }

  get seconds() {
    return this.start.seconds + (performance.now() - this.start.at) / 1000;
  }
}

// How a face answers the song that plays, as votes. It has no clock of its own: every call says when it is, in seconds.

const SMILE = { names: ["happy"], least: 0.6, seconds: 3 };
const FROWN = { names: ["angry", "disgust", "sad"], least: 0.5, seconds: 1 };
const FIRST = 30; // seconds of the song in which a smile counts
const BEFORE_NEXT = 10; // seconds in which Next follows a frown
const LAPSE = 0.5; // seconds for which readings may say otherwise
const BLIND = 2; // seconds for which there may be no reading

/** An expression that is held: `names` together have the share `least` for so many seconds. */
class Held {
  constructor(expression) {
    Object.assign(this, expression);
    this.reset();
  }

  reset() {
    this.since = null; // when it began
    this.lapsed = null; // since when readings say otherwise
    this.read = -Infinity;
    this.isOld = false;
  }

  /** What is shown already is no answer to what begins to sound now. */
  discard() {
    this.isOld = this.since !== null;
  }

  /** Adds a reading, or null without a face; returns whether it has been held for long enough. */
  add(expressions, at) {
    const share = expressions ? this.names.reduce((sum, name) => sum + expressions[name], 0) : 0;
    if (at - this.read > BLIND) this.reset();
    this.read = at;
    if (this.lapsed !== null && at - this.lapsed > LAPSE) this.since = null;
    if (share < this.least) {
      this.lapsed ??= at;
      return false;
    }
    if (this.since === null) this.isOld = false;
    this.since ??= at;
    this.lapsed = null;
    return !this.isOld && at - this.since >= this.seconds;
  }
}

export class ReactionDetector {
  constructor() {
    this.smile = new Held(SMILE);
    this.frown = new Held(FROWN);
    this.startSong(0);
    this.playing = false;
  }

  /** Another song begins. */
  startSong(at) {
    this.discard();
    this.heard = 0; // seconds
    this.heardUntil = at;
    this.frownedAt = -Infinity;
    this.hasLiked = false;
  }

  discard() {
    this.smile.discard();
    this.frown.discard();
  }

  /** The song sounds or pauses from now on. */
  setPlaying(isPlaying, at) {
    this.pass(at);
    if (isPlaying && !this.playing) this.discard();
    this.playing = isPlaying;
  }

  pass(at) {
    if (this.playing) this.heard += Math.max(0, at - this.heardUntil);
    this.heardUntil = at;
  }

  /** Adds a reading: shares of the expressions, or null without a face. Returns whether it likes the song. */
  add(expressions, at) {
    this.pass(at);
    const smiles = this.smile.add(expressions, at);
    const frowns = this.frown.add(expressions, at);
    if (!this.playing) return false;
    if (frowns) this.frownedAt = at;
    if (!smiles || this.hasLiked || this.heard > FIRST) return false;
    this.hasLiked = true;
    return true;
  }

  /** The person presses Next. Returns whether that is a vote against the song. */
  next(at) {
    return this.playing && at - this.frownedAt <= BEFORE_NEXT;
  }
}

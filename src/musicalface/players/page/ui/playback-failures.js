// What happens to a song that does not load or cannot play: the player waits, says why, or plays the next one.

import { LoadingWatch } from "./loading-timeout.js";
import { sentence } from "./sentences.js";

const MAX_FAILURES = 3; // songs in a row that the browser cannot play, after which the cause is probably not the songs

export class PlaybackFailures {
  constructor(playback) {
    this.playback = playback;
    this.count = 0; // songs in a row that the browser could not play
    this.isStalled = false; // nothing came for eight seconds
    this.watch = new LoadingWatch(() => this.view.showStatus(sentence("player.loading")), () => this.onStalled());
  }

  get view() {
    return this.playback.view;
  }

  /** Expects sound soon. */
  wait() {
    if (!this.watch.running) this.watch.start();
  }

  stopWaiting() {
    this.watch.stop();
    this.view.showStatus("");
  }

  /** Forgets the failure of an earlier song. */
  clear() {
    this.stopWaiting();
    this.isStalled = false;
    this.view.showError("");
  }

  /** A song sounds. */
  onSound() {
    this.count = 0;
    this.stopWaiting();
    if (this.isStalled) this.view.showError("");
    this.isStalled = false;
  }

  onStalled() {
    const { host } = this.playback;
    this.stopWaiting();
    this.isStalled = true;
    this.playback.loading = null;
    const player = host.output().label;
    this.view.showError(player ? sentence("player.stalled", { player }) : sentence("player.song_stalled"), this.actions());
  }

  /** The buttons beside an error, as [label, action]. */
  actions() {
    return [[sentence("player.retry"), () => this.retry()], ...this.playback.host.actions(this.playback.current)];
  }

  retry() {
    this.playback.host.output().unload();
    return this.playback.playCurrent();
  }

  /** `error.isSong`: only this song is missing, so the next one plays. */
  onFailed(error) {
    this.stopWaiting();
    this.playback.onPlaying(false);
    if (!error.isSong || !this.leaveOut(this.playback.current, error.message)) this.view.showError(error.message, this.actions());
  }

  /** Plays the next song in place of a missing one; returns false if there is none. */
  leaveOut(song, message) {
    this.playback.host.missing(song, message);
    if (!this.hasNext()) return false;
    this.playback.playNext(1);
    this.view.showError(sentence("player.left_out", { title: song.title, reason: message }));
    return true;
  }

  /** The browser cannot play this song; the next one plays. */
  skip() {
    const title = this.playback.current?.title;
    const message = title ? sentence("player.unplayable", { title }) : sentence("player.unplayable_song");
    this.stopWaiting();
    this.count += 1;
    if (this.count < MAX_FAILURES && this.hasNext()) this.playback.playNext(1);
    this.view.showError(message);
  }

  hasNext() {
    return this.playback.nextPlayable(this.playback.index, 1) >= 0;
  }
}

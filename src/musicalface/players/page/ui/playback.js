// Plays a list of songs, one at a time, with one of several outputs; nothing sounds before the first press of Play.

import { catalogName, identityOf } from "./catalog-name.js";
import { connectMediaKeys, publishSong, publishState } from "./media-session.js";
import { PlaybackFailures } from "./playback-failures.js";
import { PlayerView } from "./player-view.js";
import { sentence } from "./sentences.js";
import { connectShortcuts } from "./shortcuts.js";
import { announcePlaying, onOtherTabPlaying } from "./single-tab.js";
import { VolumeControl } from "./volume.js";

const PAGE_TITLE = document.title;

export class Playback {
  /**
   * `host` has songs(), output(), isPlayable(song), changed(), ended(isLast), missing(song, message),
   * about(song, seconds): what stands beside the time, actions(): buttons beside an error, as [label, action],
   * songChanged() if an output can change the song by itself, skipped() for a press of Next, and openHelp().
   */
  constructor(root, host) {
    this.host = host;
    this.current = null;
    this.index = -1;
    this.playing = false;
    this.position = 0;
    this.duration = 0;
    this.failures = new PlaybackFailures(this);
    this.view = new PlayerView(root, {
      previous: () => this.playNext(-1),
      toggle: () => this.toggle(),
      next: () => this.next(),
      seek: (seconds) => this.seek(seconds),
      volume: (level) => this.volume.set(level),
      mute: () => this.volume.toggleMute(),
    });
    this.volume = new VolumeControl(this.view, () => this.host.output());
    connectMediaKeys(this);
    connectShortcuts(this);
    onOtherTabPlaying(() => { if (!this.host.output().isRemote) this.pause(); });
    this.events = this.createEvents();
  }

  createEvents() {
    return {
      playing: (isPlaying) => this.onPlaying(isPlaying),
      loaded: () => this.failures.stopWaiting(),
      waiting: () => { if (this.playing) this.failures.wait(); },
      blocked: (message = sentence("player.press")) => { this.failures.stopWaiting(); this.view.showStatus(message); },
      progress: (position, duration) => this.onProgress(position, duration),
      volume: (level) => this.volume.onDevice(level),
      ended: () => { this.failures.count = 0; this.host.ended(this.nextPlayable(this.index, 1) < 0); },
      error: (message) => this.view.showError(message),
      failed: (error) => this.failures.onFailed(error),
      skip: () => this.failures.skip(),
      facts: (song, facts) => this.addFacts(song, facts),
      songChanged: (song) => this.onSongChanged(song),
    };
  }

  openHelp() {
    this.host.openHelp();
  }

  get canPlay() {
    return Boolean(this.current ?? this.firstSong());
  }

  firstSong() {
    return this.host.songs()[this.nextPlayable(-1, 1)] ?? null;
  }

  /** Returns the index of the next playable song in the direction `step` (1 or -1); -1 if there is none. */
  nextPlayable(from, step) {
    const songs = this.host.songs();
    let index = from + step;
    while (songs[index] && !this.host.isPlayable(songs[index])) index += step;
    return songs[index] ? index : -1;
  }

  render() {
    const song = this.current ?? this.firstSong();
    const output = this.host.output();
    this.view.showSong(song, this.playing);
    this.view.showNeighbours(this.nextPlayable(this.index, -1) >= 0, this.nextPlayable(this.index, 1) >= 0);
    this.view.showTime(this.position, this.duration || (this.current ? 0 : song?.seconds ?? 0), Boolean(output.seek && this.current));
    this.view.showAbout(...(song ? this.host.about(song, this.duration) : []));
    this.volume.show();
    document.title = this.current ? `${song.title} · ${song.artist}` : PAGE_TITLE;
    this.host.changed();
  }

  /** Plays the song at this index of the list. */
  async play(index) {
    const song = this.host.songs()[index];
    if (!song) return;
    this.index = index;
    this.current = song;
    this.position = this.duration = 0;
    this.playing = false;
    this.failures.clear();
    this.failures.wait();
    this.render();
    this.publish(song);
    await this.load(song, index);
  }

  async load(song, index) {
    const output = this.host.output();
    const queue = this.host.songs().slice(index).filter((each) => this.host.isPlayable(each));
    if (!output.isRemote) this.volume.apply();
    this.loading = song;
    await output.load(song, queue).catch((error) => { if (song === this.current) this.failures.onFailed(error); });
    if (this.loading === song) this.loading = null;
  }

  playNext(step) {
    return this.play(this.nextPlayable(this.index, step));
  }

  /** The person asks for the next song. */
  next() {
    this.host.skipped?.();
    return this.playNext(1);
  }

  /** Plays the current song from its start, else the first one. */
  playCurrent() {
    return this.play(this.index >= 0 ? this.index : this.nextPlayable(-1, 1));
  }

  async toggle() {
    if (this.failures.isStalled) {
      await this.failures.retry();
      return;
    }
    if (this.toggling || (this.loading && this.loading === this.current)) return;
    if (!this.current || !this.host.output().isLoaded(this.current)) {
      await this.playCurrent();
      return;
    }
    this.toggling = true;
    await this.host.output().toggle();
    this.toggling = false;
  }

  pause() {
    if (this.playing) this.host.output().pause();
  }

  seek(seconds) {
    const output = this.host.output();
    if (!output.seek || !this.current || !(this.duration > 0)) return;
    const target = Math.min(Math.max(0, seconds), this.duration);
    output.seek(target);
    this.onProgress(target, this.duration);
  }

  /** Forgets what played; the output has been unloaded or replaced. */
  reset() {
    this.failures.clear();
    this.playing = false;
    this.current = this.loading = null;
    this.index = -1;
    this.position = this.duration = 0;
    this.publish(null);
    this.render();
  }

  /** The list has changed; the current song may stand elsewhere in it, or nowhere. */
  songsReplaced() {
    this.index = this.host.songs().findIndex((each) => this.current && identityOf(each) === identityOf(this.current));
    this.view.showError("");
    this.render();
  }

  onPlaying(isPlaying) {
    if (isPlaying) {
      this.failures.onSound();
      if (!this.playing && !this.host.output().isRemote) announcePlaying();
    }
    if (this.playing === isPlaying) return;
    this.playing = isPlaying;
    publishState(isPlaying, this.position, this.duration);
    this.render();
  }

  onProgress(position, duration) {
    const isNews = duration !== this.duration;
    this.position = position;
    this.duration = duration;
    if (isNews) publishState(this.playing, position, duration);
    if (isNews) this.render();
    else this.view.showTime(position, duration, Boolean(this.host.output().seek));
  }

  /** Spotify has moved on to another song, which may belong to an older list. */
  onSongChanged(song) {
    this.index = this.host.songs().findIndex((each) => each.spotify_id === song.spotify_id);
    this.current = this.host.songs()[this.index] ?? song;
    this.render();
    this.publish(this.current);
    this.host.songChanged?.();
  }

  /** Adds what a service says of a song: its cover, length, link and names. */
  addFacts(song, facts) {
    catalogName(song);
    for (const [key, value] of Object.entries(facts)) if (value) song[key] = value;
    if (song !== this.current) return;
    this.render();
    this.publish(song);
  }

  /** Tells the operating system what plays, with the cover that the bar shows. */
  publish(song) {
    publishSong(song, this.view.cover);
  }
}

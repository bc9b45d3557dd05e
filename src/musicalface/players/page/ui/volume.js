// The volume: that of the page, which the browser remembers, or that of a device elsewhere.

import { readStored, writeStored } from "./local-storage.js";

const STEP = 0.1;
const limited = (value) => Math.min(1, Math.max(0, Math.round(value * 100) / 100));

class PageVolume {
  constructor() {
    const { level = 1, muted = false } = readStored("volume", {});
    this.level = Number.isFinite(level) ? limited(level) : 1;
    this.muted = muted === true;
  }

  set(level) {
    this.level = limited(level);
    this.muted = false;
    this.store();
  }

  /** Mutes, or returns to the level before; a level of zero becomes half. */
  toggleMute() {
    this.muted = !this.muted && this.level > 0;
    if (!this.muted && this.level === 0) this.level = 0.5;
    this.store();
  }

  store() {
    writeStored("volume", { level: this.level, muted: this.muted });
  }
}

class DeviceVolume {
  constructor() {
    this.level = null; // unknown, or the device has none
    this.muted = false;
  }

  set(level) {
    this.level = limited(level);
  }

  toggleMute() {
    this.level = this.level ? 0 : 0.5;
  }
}

export class VolumeControl {
  /** `output()` returns the current output; one without setVolume() has no volume of its own. */
  constructor(view, output) {
    this.view = view;
    this.output = output;
    this.page = new PageVolume();
    this.device = new DeviceVolume();
    view.showVolume(this.page.level, this.page.muted);
  }

  get active() {
    return this.output().isRemote ? this.device : this.page;
  }

  set(level) {
    this.active.set(level);
    this.apply();
  }

  step(direction) {
    const { level, muted } = this.active;
    this.set((muted ? 0 : level ?? 1) + direction * STEP);
  }

  toggleMute() {
    this.active.toggleMute();
    this.apply();
  }

  /** A device reports its volume, 0 to 1, or null if it has none. */
  onDevice(level) {
    this.device.level = level;
    this.show();
  }

  apply() {
    const { level, muted } = this.active;
    if (level !== null) this.output().setVolume?.(level, muted);
    this.show();
  }

  show() {
    const { level, muted } = this.active;
    this.view.showVolume(this.output().setVolume ? level : null, muted);
  }
}

// The player bar: what plays, the buttons, the time and the volume. It shows state and reports presses.

import { showCover } from "./cover.js";
import { createElement, query, setText } from "./dom.js";
import { drawIcons, setIcon } from "./icons.js";
import { fillSentences, sentence } from "./sentences.js";
import { clock, spokenTime } from "./time-format.js";

const PARTS = `
<div class="now"><span class="tile" id="now-cover" aria-hidden="true"></span><p><strong id="now-title"></strong><span id="now-artist"></span></p></div>
<div class="keys">
<button type="button" class="bare" id="previous" aria-label="{{player.previous}}" data-icon="previous"></button>
<button type="button" class="main round" id="play" aria-label="{{player.play}}" aria-keyshortcuts="Space" data-icon="play"></button>
<button type="button" class="bare" id="next" aria-label="{{player.next}}" data-icon="next"></button>
</div>
<div class="line">
<span class="clock" id="elapsed" aria-hidden="true">0:00</span>
<input type="range" class="slider" id="seek" min="0" max="1" step="any" value="0" aria-label="{{player.position}}" disabled>
<span class="clock" id="total" aria-hidden="true"></span>
<p class="about" id="player-about"></p>
</div>
<div class="seat" id="seat" hidden></div>
<div class="side">
<span class="loudness" id="loudness">
<button type="button" class="bare" id="mute" aria-label="{{player.mute}}" aria-keyshortcuts="M" data-icon="volume"></button>
<input type="range" class="slider" id="volume" min="0" max="1" step="0.05" value="1" aria-label="{{player.volume}}">
</span>
</div>
<button type="button" class="bare" id="expand" aria-label="{{player.more}}" aria-expanded="false" data-icon="down"></button>
<p class="status" id="player-status" role="status"></p>
<div class="help"><p class="error" id="player-error" role="alert"></p><span class="actions" id="player-actions"></span></div>`;

export class PlayerView {
  /** `pressed` has previous(), toggle(), next(), seek(seconds), volume(share) and mute(). */
  constructor(root, pressed) {
    this.root = root;
    this.dragging = false;
    root.innerHTML = fillSentences(PARTS);
    drawIcons(root);
    this.connect(pressed);
  }

  connect(pressed) {
    query("#previous").addEventListener("click", pressed.previous);
    query("#play").addEventListener("click", pressed.toggle);
    query("#next").addEventListener("click", pressed.next);
    query("#mute").addEventListener("click", pressed.mute);
    query("#volume").addEventListener("input", ({ target }) => pressed.volume(Number(target.value)));
    query("#seek").addEventListener("input", ({ target }) => {
      this.dragging = true;
      this.drawTime(Number(target.value), Number(target.max));
    });
    query("#seek").addEventListener("change", ({ target }) => {
      this.dragging = false;
      pressed.seek(Number(target.value));
    });
    query("#expand").addEventListener("click", () => this.expand(!("open" in this.root.dataset)));
  }

  /** On a phone the bar is one line, which opens into all controls. */
  expand(isOpen) {
    this.root.toggleAttribute("data-open", isOpen);
    query("#expand").setAttribute("aria-expanded", String(isOpen));
    query("#expand").setAttribute("aria-label", sentence(isOpen ? "player.fewer" : "player.more"));
  }

  get cover() {
    return query("#now-cover");
  }

  showSong(song, isPlaying) {
    setText(query("#now-title"), song?.title ?? "");
    setText(query("#now-artist"), song?.artist ?? "");
    showCover(this.cover, song);
    query("#play").disabled = !song;
    query("#play").setAttribute("aria-label", sentence(isPlaying ? "player.pause" : "player.play"));
    setIcon(query("#play"), isPlaying ? "pause" : "play");
  }

  showNeighbours(hasPrevious, hasNext) {
    const focused = document.activeElement;
    query("#previous").disabled = !hasPrevious;
    query("#next").disabled = !hasNext;
    if (focused?.matches("#previous:disabled, #next:disabled")) query("#play").focus();
  }

  /** Seconds; a duration of 0 is unknown. */
  showTime(position, duration, canSeek) {
    query("#seek").disabled = !(canSeek && duration > 0);
    if (!this.dragging) this.drawTime(position, duration);
  }

  drawTime(position, duration) {
    const seek = query("#seek");
    const known = duration > 0 && Number.isFinite(duration);
    seek.max = known ? duration : 1;
    seek.value = known ? position : 0;
    this.root.style.setProperty("--played", known ? Math.min(1, position / duration) : 0);
    seek.setAttribute("aria-valuetext", known ? sentence("player.position_of", { position: spokenTime(position), length: spokenTime(duration) }) : sentence("player.unknown_length"));
    setText(query("#elapsed"), clock(position));
    setText(query("#total"), known ? clock(duration) : "");
  }

  /** `volume` is 0 to 1, or null if this player has none of its own. */
  showVolume(volume, isMuted) {
    query("#loudness").hidden = volume === null;
    if (volume === null) return;
    const heard = isMuted ? 0 : volume;
    query("#volume").value = heard;
    query("#volume").style.setProperty("--share", heard);
    query("#mute").setAttribute("aria-label", sentence(isMuted ? "player.unmute" : "player.mute"));
    setIcon(query("#mute"), heard === 0 ? "muted" : "volume");
  }

  /** A line beside the time, such as "30-second preview", with links. The same line again keeps the focus. */
  showAbout(...content) {
    const line = createElement("p", { class: "about", id: "player-about" }, ...content);
    if (!line.isEqualNode(query("#player-about"))) query("#player-about").replaceWith(line);
  }

  showStatus(text) {
    setText(query("#player-status"), text);
    query("#play").toggleAttribute("data-waiting", Boolean(text));
  }

  /** A sentence, and buttons that help: [label, action] pairs. */
  showError(message, actions = []) {
    setText(query("#player-error"), message);
    const hadFocus = query("#player-actions").contains(document.activeElement);
    query("#player-actions").replaceChildren(...(message ? actions.map(([label, action]) => button(label, action)) : []));
    if (hadFocus && !query("#player-actions").childElementCount) query("#play").focus();
  }
}

function button(label, action) {
  const element = createElement("button", { type: "button" }, label);
  element.addEventListener("click", action);
  return element;
}

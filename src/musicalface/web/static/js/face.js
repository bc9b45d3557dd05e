// A drawn face: two note heads and a slur. Valence bends the slur, arousal opens the eyes.

import { still } from "./dom.js";

const SPACE = "http://www.w3.org/2000/svg";
const CLOSE = 0.004; // where nobody sees a difference any more

function part(svg, name) {
  const element = document.createElementNS(SPACE, name);
  svg.append(element);
  return element;
}

export class Face {
  constructor(svg) {
    this.eyes = [part(svg, "ellipse"), part(svg, "ellipse")];
    this.mouth = part(svg, "path");
    this.at = [0, 0];
    this.aim = [0, 0];
    this.moving = false;
    this.draw();
  }

  to(valence, arousal) {
    this.aim = [valence, arousal];
    if (still()) this.at = this.aim;
    if (this.moving) return;
    this.moving = true;
    this.step();
  }

  step() {
    this.at = this.at.map((value, axis) => value + (this.aim[axis] - value) * 0.12);
    this.draw();
    this.moving = this.at.some((value, axis) => Math.abs(value - this.aim[axis]) > CLOSE);
    if (this.moving) requestAnimationFrame(() => this.step());
  }

  draw() {
    const [valence, arousal] = this.at;
    const anger = Math.max(0, -valence) * Math.max(0, arousal);
    const grief = Math.max(0, -valence) * Math.max(0, -arousal);
    const joy = Math.max(0, valence);
    const tall = 5.4 + 1.9 * arousal;
    this.eyes.forEach((eye, side) => {
      const across = side ? 68 : 32;
      const outward = side ? -1 : 1;
      const tilt = outward * (34 * anger - 30 * grief) - 24 * joy * (0.5 + arousal / 2);
      eye.setAttribute("cx", across);
      eye.setAttribute("cy", 41);
      eye.setAttribute("rx", 9);
      eye.setAttribute("ry", Math.max(2.2, tall - 3 * anger));
      eye.setAttribute("transform", `rotate(${tilt.toFixed(2)} ${across} 41)`);
    });
    this.mouth.setAttribute("d", slur(valence, arousal));
  }
}

function slur(valence, arousal) {
  const line = 67 - 6 * valence;
  const half = 25 + 3 * arousal;
  const deep = line + 30 * valence;
  const open = 3 + 8 * Math.abs(valence) * Math.max(0.2, 0.5 + arousal / 2);
  const ends = [50 - half, 50 + half].map((value) => value.toFixed(2));
  const [low, high] = [deep + open, deep - open].map((value) => value.toFixed(2));
  const at = line.toFixed(2);
  return `M${ends[0]} ${at}Q50 ${low} ${ends[1]} ${at}Q50 ${high} ${ends[0]} ${at}Z`;
}

// An SVG face: note heads as eyes and a slur as mouth. Valence bends the mouth, arousal opens the eyes.

import { prefersReducedMotion } from "./dom.js";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const MIN_DISTANCE = 0.004; // of valence or arousal; smaller moves are invisible

/** Creates an SVG element with these attributes. */
export function createShape(name, attributes = {}) {
  const element = document.createElementNS(SVG_NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

export class FaceDrawing {
  constructor(svg, position = [0, 0]) {
    this.eyes = [createShape("ellipse"), createShape("ellipse")];
    this.mouth = createShape("path");
    svg.append(...this.eyes, this.mouth);
    this.position = position;
    this.target = position;
    this.moving = false;
    this.draw();
  }

  moveTo(valence, arousal) {
    this.target = [valence, arousal];
    if (prefersReducedMotion()) this.position = this.target;
    if (this.moving) return;
    this.moving = true;
    this.step();
  }

  step() {
    this.position = this.position.map((value, axis) => value + (this.target[axis] - value) * 0.12);
    this.draw();
    this.moving = this.position.some((value, axis) => Math.abs(value - this.target[axis]) > MIN_DISTANCE);
    if (this.moving) requestAnimationFrame(() => this.step());
  }

  draw() {
    const [valence, arousal] = this.position;
    const anger = Math.max(0, -valence) * Math.max(0, arousal);
    const sadness = Math.max(0, -valence) * Math.max(0, -arousal);
    const joy = Math.max(0, valence);
    const height = 5.4 + 1.9 * arousal;
    this.eyes.forEach((eye, side) => {
      const x = side ? 68 : 32;
      const direction = side ? -1 : 1;
      const tilt = direction * (34 * anger - 30 * sadness) - 24 * joy * (0.5 + arousal / 2);
      eye.setAttribute("cx", x);
      eye.setAttribute("cy", 41);
      eye.setAttribute("rx", 9);
      eye.setAttribute("ry", Math.max(2.2, height - 3 * anger));
      eye.setAttribute("transform", `rotate(${tilt.toFixed(2)} ${x} 41)`);
    });
    this.mouth.setAttribute("d", mouthPath(valence, arousal));
  }
}

function mouthPath(valence, arousal) {
  const cornerY = 67 - 6 * valence;
  const halfWidth = 25 + 3 * arousal;
  const curveY = cornerY + 30 * valence;
  const thickness = 3 + 8 * Math.abs(valence) * Math.max(0.2, 0.5 + arousal / 2);
  const ends = [50 - halfWidth, 50 + halfWidth].map((value) => value.toFixed(2));
  const [low, high] = [curveY + thickness, curveY - thickness].map((value) => value.toFixed(2));
  const y = cornerY.toFixed(2);
  return `M${ends[0]} ${y}Q50 ${low} ${ends[1]} ${y}Q50 ${high} ${ends[0]} ${y}Z`;
}

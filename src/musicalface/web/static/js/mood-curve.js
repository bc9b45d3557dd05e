// The moods of a video's main face over time: points { at, scores, expressions }; both are null without a readable face.

const MOODS = ["angry", "happy", "relaxed", "sad"];
const MIN_OVERLAP = 0.3; // intersection over union of the same face in two pictures
const PATIENCE = 2; // seconds for which a missing face is waited for
const SURE = [0.5, 0.15]; // least share of a clear mood, and its lead

function overlap([left, top, width, height], [otherLeft, otherTop, otherWidth, otherHeight]) {
  const wide = Math.min(left + width, otherLeft + otherWidth) - Math.max(left, otherLeft);
  const high = Math.min(top + height, otherTop + otherHeight) - Math.max(top, otherTop);
  const shared = Math.max(0, wide) * Math.max(0, high);
  return shared / (width * height + otherWidth * otherHeight - shared);
}

/** Follows the main face: the largest readable one at first, and then the one in the same place. */
export class MainFace {
  last = null;
  seenAt = 0;

  /** The main face among the faces of a picture, largest first; null if it is missing. */
  find(faces, at) {
    const ranked = this.last ? faces.toSorted((a, b) => overlap(b.box, this.last) - overlap(a.box, this.last)) : [];
    let found = ranked[0] && overlap(ranked[0].box, this.last) > MIN_OVERLAP ? ranked[0] : null;
    if (!found && (!this.last || at - this.seenAt >= PATIENCE)) found = faces.find(({ problem }) => !problem) ?? faces[0] ?? null;
    if (found) Object.assign(this, { last: found.box, seenAt: at });
    return found;
  }
}

export const readable = (points) => points.filter(({ scores }) => scores);

function mean(documents) {
  const names = Object.keys(documents[0]);
  return Object.fromEntries(names.map((name) => [name, documents.reduce((sum, each) => sum + each[name], 0) / documents.length]));
}

/** The average scores of points with a readable face. */
export const average = (points) => mean(points.map(({ scores }) => scores));

/** The average of points with a readable face, as the page shows the reading of a photo. */
export function averageReading(points) {
  const scores = average(points);
  const { angry, happy, relaxed, sad } = scores;
  return { expressions: mean(points.map(({ expressions }) => expressions)), scores, valence: happy + relaxed - angry - sad, arousal: happy + angry - relaxed - sad };
}

/** The mood with the highest score, and whether it is clear. */
export function moodOf(scores) {
  const [first, second] = MOODS.toSorted((a, b) => scores[b] - scores[a]);
  return { mood: first, sure: scores[first] >= SURE[0] && scores[first] - scores[second] >= SURE[1] };
}

/** Four scores for each of `count` stretches of equal length; one without a face has those nearest in time. */
export function stretches(points, seconds, count) {
  const known = readable(points);
  return Array.from({ length: count }, (_, index) => {
    const [start, end] = [(seconds * index) / count, (seconds * (index + 1)) / count];
    const inside = known.filter(({ at }) => at >= start && at < end);
    const middle = (start + end) / 2;
    const nearest = known.toSorted((a, b) => Math.abs(a.at - middle) - Math.abs(b.at - middle)).slice(0, 1);
    return Object.values(average(inside.length ? inside : nearest));
  });
}

/** Points with a readable face that follow each other. */
export function runs(points) {
  const parts = [[]];
  for (const point of points) {
    if (point.scores) parts.at(-1).push(point);
    else if (parts.at(-1).length) parts.push([]);
  }
  return parts.filter((part) => part.length);
}

export { MOODS };

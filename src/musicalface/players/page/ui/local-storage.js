// Small values that the browser keeps for this page. A browser may refuse to store anything.

export function readStored(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(`musicalface.${key}`)) ?? fallback;
  } catch {
    return fallback;
  }
}

export function writeStored(key, value) {
  try {
    localStorage.setItem(`musicalface.${key}`, JSON.stringify(value));
  } catch {
    // The value then holds until the page closes.
  }
}

/** Erases every value of this page. */
export function eraseStored() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("musicalface.")) localStorage.removeItem(key);
  } catch {
    // Then there is none.
  }
}

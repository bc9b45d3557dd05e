// Shows a page of its own while the app is stopped. It keeps that page alone: no code, no answer and no picture.

const NAME = `musicalface-${VERSION}`; // the server writes VERSION above this line
const PAGE = "/not-running";

async function keepPage() {
  const cache = await caches.open(NAME);
  await cache.add(PAGE);
  await self.skipWaiting(); // nothing depends on the version of the worker before
}

async function dropOtherVersions() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("musicalface-") && name !== NAME).map((name) => caches.delete(name)));
}

/** The app's answer; the kept page only if there is none. */
async function answer(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepPage()));
self.addEventListener("activate", (event) => event.waitUntil(dropOtherVersions()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(answer(event.request));
});

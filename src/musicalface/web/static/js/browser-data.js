// What the browser keeps for this page: small choices, and the page that it shows while the app is stopped.

import { eraseStored } from "../ui/local-storage.js";

/** A browser without service workers, or one that refuses them, shows its own error page instead. */
export function keepOfflinePage() {
  navigator.serviceWorker?.register("/service-worker.js").catch(() => {});
}

export async function eraseBrowserData() {
  eraseStored();
  await eraseOfflinePage().catch(() => {}); // the browser refuses to keep one
}

async function eraseOfflinePage() {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith("musicalface-")).map((name) => caches.delete(name)));
}

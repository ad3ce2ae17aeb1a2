// Gives out what an item's page kept of itself, where the network gives nothing. Never an older thing while there is a network.
const cached = async (request) => {
  const cache = await caches.open("passport");
  // pages vary by cookie and language, which the page's own request for itself did not show
  const found = await cache.match(request, { ignoreVary: true });
  if (found || request.mode !== "navigate") return found;
  // the page in another language is better than none
  return cache.match(request, { ignoreSearch: true, ignoreVary: true });
};

/** The page says itself that it is a kept one. */
const marked = async (page) => {
  const headers = new Headers(page.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const html = (await page.text()).replace(/id="offline" hidden(="hidden")?/, 'id="offline"');
  return new Response(html, { status: page.status, headers });
};

const answer = async (request) => {
  try {
    return await fetch(request);
  } catch (problem) {
    const found = await cached(request);
    if (!found) throw problem;
    return request.mode === "navigate" ? marked(found) : found;
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

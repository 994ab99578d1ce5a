{% load static %}/* Before the whole site: a page without a connection, the style sheets kept, files shared from the phone's other
   applications. No page of anybody is kept: whoever takes up a shared device finds nothing. */
const OFFLINE = "{% url 'ui:offline' %}";
const STATIC = "{% static '' %}";
const RECEIVES = "{{ receives|escapejs }}";
const RECEIVED = "{{ cache|escapejs }}";
const KEPT = "cartable-1";
const MOST = 150;
const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\./;

self.addEventListener("install", (event) => {
  event.waitUntil(keepOffline().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== KEPT && name !== RECEIVED).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && RECEIVES && url.pathname + url.search === RECEIVES) {
    event.respondWith(receive(request));
  } else if (request.method === "GET" && request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE).then((kept) => kept ?? Response.error())));
  } else if (request.method === "GET" && url.pathname.startsWith(STATIC)) {
    event.respondWith(NAMED_BY_CONTENT.test(url.pathname) ? keptFirst(request) : keptLast(request));
  }
});

/* The page, and the style sheets that it asks for, those that they bring in too. */
async function keepOffline() {
  const kept = await caches.open(KEPT);
  await kept.add(new Request(OFFLINE, { credentials: "omit" }));
  const page = await (await kept.match(OFFLINE)).text();
  const sheets = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((found) => new URL(found[1], self.location));
  for (const sheet of sheets) {
    await kept.add(sheet);
    const text = await (await kept.match(sheet)).text();
    await kept.addAll([...text.matchAll(/@import url\("([^"]+)"\)/g)].map((found) => new URL(found[1], sheet)));
  }
}

async function keptFirst(request) {
  return (await caches.match(request)) ?? fetchAndKeep(request);
}

async function keptLast(request) {
  try {
    return await fetchAndKeep(request);
  } catch (error) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}

async function fetchAndKeep(request) {
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200) {
    const kept = await caches.open(KEPT);
    await kept.put(request, answer.clone());
    const keys = await kept.keys();
    await Promise.all(
      keys
        .slice(0, Math.max(0, keys.length - MOST))
        .filter((key) => new URL(key.url).pathname !== OFFLINE)
        .map((key) => kept.delete(key)),
    );
  }
  return answer;
}

/* Kept until the page that sends them has taken them: it knows the person, and shows how far each is. What was
   kept before and nobody took is somebody else's by now. */
async function receive(request) {
  const sent = await request.formData();
  await caches.delete(RECEIVED);
  const kept = await caches.open(RECEIVED);
  let number = 0;
  for (const file of sent.getAll("{{ field|escapejs }}")) {
    if (!(file instanceof File)) continue;
    const headers = { "Content-Type": file.type || "application/octet-stream", "X-Name": encodeURIComponent(file.name) };
    await kept.put(`/${RECEIVED}/${Date.now()}-${number++}`, new Response(file, { headers }));
  }
  return Response.redirect(RECEIVES, 303);
}

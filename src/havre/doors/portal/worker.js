// Answers when the network does not: emergency numbers for anybody, and a card that its reader kept.
// Before this file the server writes KEPT: its version, the pages to keep by language, their files.
"use strict";
const NUMBERS = `havre-numbers-${KEPT.version}`, CARDS = "havre-cards", PATIENCE = 5000;
const NUMBERS_PAGE = /^\/(\w\w)\/emergency(\/offline)?$/, CARD_PAGE = /^\/\w\w\/card(\/|$)/;

addEventListener("install", (event) => {
  const asked = [...Object.values(KEPT.pages), ...KEPT.files].map(
    // As nobody: what is kept for everybody says nothing of whoever is signed in.
    (address) => new Request(address, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(NUMBERS).then((cache) => cache.addAll(asked)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("havre-numbers-") && name !== NUMBERS;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

addEventListener("fetch", (event) => {
  const request = event.request, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.searchParams.has("v")) event.respondWith(file(request));
  else if (request.mode !== "navigate") return;
  else if (NUMBERS_PAGE.test(address.pathname)) event.respondWith(numbers(request, address));
  else if (CARD_PAGE.test(address.pathname)) event.respondWith(card(request, address));
});

// A file of a kept page. A card that was kept under an earlier version takes the file of today.
async function file(request) {
  return await caches.match(request) ?? await fetch(request).catch(
    async () => await caches.match(request, { ignoreSearch: true }) ?? Response.error());
}

// The network first, for some seconds: where it is slow or the server fails, what is kept.
async function numbers(request, address) {
  const language = NUMBERS_PAGE.exec(address.pathname)[1];
  const kept = await caches.match(KEPT.pages[language] ?? "", { cacheName: NUMBERS });
  const live = fetch(request).catch(() => null);
  if (!kept) return await live ?? Response.error();
  const answer = await Promise.race([live, new Promise((late) => { setTimeout(late, PATIENCE); })]);
  return answer && answer.status < 500 ? answer : kept;
}

// Only its own address is kept, and only once its reader asked. The server says when it no longer is theirs.
async function card(request, address) {
  const live = await fetch(request).catch(() => null);
  if (!await caches.has(CARDS)) return live ?? Response.error();
  const cache = await caches.open(CARDS), kept = await cache.match(address.pathname);
  if (!live) {
    const own = (await cache.keys()).find((one) => new URL(one.url).pathname.startsWith(address.pathname));
    return kept ?? await (own && cache.match(own)) ?? Response.error();
  }
  if (kept && live.status === 404) await cache.delete(address.pathname);
  if (kept && live.ok) await cache.put(address.pathname, live.clone());
  return kept && (live.type === "opaqueredirect" || live.status >= 500) ? kept : live;
}

/* What works without network: the emergency numbers, and a card that its reader keeps. */
(() => {
  "use strict";
  const CARDS = "havre-cards";
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const able = "serviceWorker" in navigator && "caches" in window;

  if (able) {
    navigator.serviceWorker.register("/service-worker.js").catch(() => {});
    // Said only once it is true: a worker is active when all it keeps has come.
    navigator.serviceWorker.ready.then(() => each("[data-ready]", (said) => { said.hidden = false; }));
  }

  const label = (html) => new DOMParser().parseFromString(html, "text/html").title.split(" | ")[0];

  // A card, kept when its reader asks.
  each("[data-card]", (box) => {
    if (!able) return;
    const address = box.dataset.card;
    const tell = async () => {
      const kept = Boolean(await caches.match(address, { cacheName: CARDS }));
      box.querySelectorAll("[data-when]").forEach((part) => { part.hidden = (part.dataset.when === "kept") !== kept; });
      box.hidden = false;
    };
    box.querySelector("[data-keep]")?.addEventListener("click", async () => {
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok && !answer.redirected) await (await caches.open(CARDS)).put(address, answer);
      await tell();
    });
    box.querySelector("[data-forget]")?.addEventListener("click", async () => {
      await (await caches.open(CARDS)).delete(address);
      await tell();
    });
    tell();
  });

  // Signed out: no card stays.
  if (able) each("[data-forget-cards]", () => { caches.delete(CARDS); });

  // Signed in: a card that is another reader's, or of a cover that has ended, goes; the others are renewed.
  each("[data-check-cards]", async () => {
    if (!able || !await caches.has(CARDS)) return;
    const cache = await caches.open(CARDS);
    for (const one of await cache.keys()) {
      const answer = await fetch(one.url, { redirect: "manual" }).catch(() => null);
      if (answer?.status === 404) await cache.delete(one);
      else if (answer?.ok) await cache.put(one, answer);
    }
  });

  // The way to cards that are kept, from the numbers.
  each("[data-cards]", async (list) => {
    if (!able || !await caches.has(CARDS)) return;
    const cache = await caches.open(CARDS);
    for (const one of await cache.keys()) {
      const link = Object.assign(document.createElement("a"), { href: one.url, className: "btn" });
      link.textContent = label(await (await cache.match(one)).text());
      list.append(link);
      list.hidden = false;
    }
  });

  // The kept numbers: one country of all.
  each("[data-search]", (search) => {
    const input = search.querySelector("input"), rows = [...document.querySelectorAll("[data-country]")];
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const name = (row) => row.querySelector("a").textContent;
    const show = (found) => {
      rows.forEach((row) => { row.hidden = !found.includes(row); });
      const one = found.length === 1 ? found[0].dataset.country : "";
      each("[data-spoken]", (phrase) => { phrase.hidden = !phrase.dataset.spoken.split(" ").includes(one); });
      each("[data-zone]", (zone) => { zone.hidden = !zone.querySelector("[data-country]:not([hidden])"); });
      each("[data-none]", (none) => { none.hidden = found.length > 0; });
      each("[data-zones]", (zones) => { zones.hidden = found.length < rows.length; });
    };
    const choose = (code) => {
      const found = rows.filter((row) => row.dataset.country === code);
      if (found.length) input.value = name(found[0]);
      show(found.length ? found : rows);
      return found.length;
    };
    const hash = () => location.hash.slice(1);
    input.addEventListener("input", () => {
      const typed = plain(input.value.trim());
      show(rows.filter((row) => plain(name(row)).includes(typed)));
    });
    addEventListener("hashchange", () => {
      if (!choose(hash())) return;
      document.cookie = `havre-country=${hash()}; path=/; max-age=31536000; samesite=lax`;
      scrollTo(0, 0);
    });
    const before = /(?:^|; )havre-country=([A-Z]{2})/.exec(document.cookie)?.[1];
    search.hidden = false;
    choose(hash() || new URLSearchParams(location.search).get("country") || before);
  });
})();

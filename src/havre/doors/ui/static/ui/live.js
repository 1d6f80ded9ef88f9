/* Pages that stay in step, and what one types there.
   An element with an id and data-live-topic (its ticket), data-live-seen, data-live-at (whom to ask) is
   brought up to date from data-live-url, or its own page; so is each [data-live-part] with an id.
   [data-live-lost] shows once the page can no longer be. A form with data-draft keeps what is typed:
   in this tab at once, at the address of data-draft a moment later; with data-send it sends in place.
   A button "insert" puts the data-text of the option that is chosen where one types. */
(() => {
  "use strict";
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  const MARKED = { "X-Havre-Live": "1" };

  // Time that goes by, or the network or the reader coming back, whichever is first.
  const pause = (seconds) => new Promise((go) => {
    const woken = () => {
      clearTimeout(timer);
      removeEventListener("online", woken);
      document.removeEventListener("visibilitychange", woken);
      go();
    };
    const timer = setTimeout(woken, seconds * 1000);
    addEventListener("online", woken);
    document.addEventListener("visibilitychange", woken);
  });
  const shown = async () => { while (document.hidden) await pause(3600); };

  // The children of one list become those of another; one that is the same stays, so that nothing that
  // was read out is read out again.
  const merge = (old, fresh) => {
    let place = old.firstElementChild;
    for (const one of [...fresh.children]) {
      const known = one.id && [...old.children].find((child) => child.id === one.id);
      const kept = known?.isEqualNode(one) ? known : document.adoptNode(one);
      if (kept === place) place = place.nextElementSibling;
      else old.insertBefore(kept, place);
    }
    while (place) { const next = place.nextElementSibling; place.remove(); place = next; }
  };
  const take = (page) => {
    each("[data-live-topic], [data-live-part], [data-sent]", (old) => {
      const fresh = page.getElementById(old.id);
      if (fresh?.matches("[data-live-topic]")) merge(old, fresh);
      else if (fresh && !fresh.isEqualNode(old)) old.replaceChildren(...fresh.childNodes);
    });
  };
  const lost = () => each("[data-live-lost]", (said) => { said.hidden = false; });

  const refresh = async (box) => {
    const answer = await fetch(box.dataset.liveUrl || location.href, { headers: MARKED });
    if (answer.redirected || answer.status === 404) return false;
    if (!answer.ok) throw new Error(String(answer.status));
    take(parsed(await answer.text()));
    return true;
  };

  const follow = async (box) => {
    let seen = box.dataset.liveSeen, failures = 0;
    for (;;) {
      await shown();
      const asking = new AbortController();
      const leave = () => { if (document.hidden) asking.abort(); };
      document.addEventListener("visibilitychange", leave);
      try {
        const asked = new URLSearchParams({ topic: box.dataset.liveTopic, seen });
        const answer = await fetch(`${box.dataset.liveAt}?${asked}`, { signal: asking.signal });
        if (answer.status === 403 || answer.status === 404) return lost();
        if (!answer.ok) throw new Error(String(answer.status));
        const heard = await answer.json();
        if (heard.changed && !await refresh(box)) return lost();
        seen = heard.seen;
        failures = 0;
        if (heard.pause) await pause(heard.pause);
      } catch {
        if (!asking.signal.aborted) await pause(Math.min(60, 2 ** failures++) + Math.random());
      } finally {
        document.removeEventListener("visibilitychange", leave);
      }
    }
  };
  each("[data-live-topic]", follow);

  // What was typed and not sent. It leaves this tab with whoever signs out.
  const DRAFT = "draft ";
  const forget = () => Object.keys(sessionStorage)
    .filter((key) => key.startsWith(DRAFT)).forEach((key) => sessionStorage.removeItem(key));
  if (!("personal" in document.documentElement.dataset)) forget();
  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/sign-out")) forget();
  });

  each("form[data-draft]", (form) => {
    const text = form.querySelector("textarea"), key = DRAFT + form.dataset.draft;
    const unsent = form.querySelector("[data-unsent]");
    let waiting = 0, sending = false;
    const save = () => {
      clearTimeout(waiting);
      waiting = 0;
      const body = new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "key" && typeof value === "string"));
      fetch(form.dataset.draft, { method: "POST", body, headers: MARKED, keepalive: true }).catch(() => {});
    };
    const kept = sessionStorage.getItem(key);
    if (kept && !text.value) text.value = kept;
    form.addEventListener("input", () => {
      sessionStorage.setItem(key, text.value);
      clearTimeout(waiting);
      waiting = setTimeout(save, 1500);
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden && waiting) save(); });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });

    form.querySelector("[name=do][value=insert]")?.addEventListener("click", (event) => {
      event.preventDefault();
      text.setRangeText(form.elements.text.selectedOptions[0].dataset.text, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });

    if (!("send" in form.dataset)) {
      form.addEventListener("submit", () => { clearTimeout(waiting); sessionStorage.removeItem(key); });
      return;
    }
    const send = async () => {
      if (sending) return;
      sending = true;
      clearTimeout(waiting);
      waiting = 0;
      while (document.querySelector("[data-progress] progress")) await pause(0.3);  // files leave with it
      const written = text.value;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
      sending = false;
      unsent.hidden = Boolean(answer);
      if (!answer) return;
      const page = parsed(await answer.text());
      const fresh = page.querySelector("form[data-send]");
      if (answer.ok && fresh?.action !== form.action) {  // begun: it goes on elsewhere
        sessionStorage.removeItem(key);
        location.assign(answer.url);
        return;
      }
      if (!answer.ok) {  // a refusal: as without a script
        form.removeAttribute("data-send");
        form.submit();
        return;
      }
      form.elements.key.value = fresh.elements.key.value;
      form.querySelectorAll('input[type="file"]').forEach((input) => { input.value = ""; });
      if (text.value === written) text.value = "";
      sessionStorage.removeItem(key);
      if (text.value) text.dispatchEvent(new Event("input", { bubbles: true }));
      take(page);
      text.focus();
    };
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name || (!text.value.trim() && !form.querySelector('input[type="file"]')?.value)) return;
      event.preventDefault();
      send();
    });
    addEventListener("online", () => { if (!unsent.hidden) send(); });
  });
})();

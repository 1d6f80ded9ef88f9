/* What a page does better with a script. Every page reads and every form submits without it. */
(() => {
  "use strict";
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  // The reader's own time zone, so that the last sign-in can be told in it.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  each('input[type="hidden"][name="time_zone"]', (input) => { input.value = zone || ""; });

  const release = (form) => {
    delete form.dataset.left;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };

  // A form leaves once. The button stays focusable, so that nobody loses their place; after some
  // seconds it serves again, since the answer may have been a download, or lost on the way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.left) { event.preventDefault(); return; }
    if (event.defaultPrevented || form.method !== "post") return;
    form.dataset.left = "1";
    form.querySelectorAll('button:not([type="button"])').forEach((button) => {
      button.setAttribute("aria-disabled", "true");
    });
    setTimeout(release, 8000, form);
  });

  window.addEventListener("pageshow", (event) => {
    // A personal page that the back button brings from memory is asked again: signed out, it is gone.
    if (event.persisted && "personal" in document.documentElement.dataset) {
      document.documentElement.hidden = true;
      location.reload();
      return;
    }
    each("form[data-left]", release);
  });

  // Show or hide a password; it is hidden again before it leaves.
  each("button[data-reveal]", (button) => {
    const input = document.getElementById(button.dataset.reveal);
    const show = (visible) => {
      input.type = visible ? "text" : "password";
      button.setAttribute("aria-pressed", String(visible));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(input.type === "password"));
    input.form.addEventListener("submit", () => show(false));
  });

  each("button[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // A moment in the clock of the device, where only the device knows it.
  each("[data-moment]", (said) => {
    const written = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", hour: "numeric", minute: "2-digit", timeZoneName: "short" });
    said.textContent = said.dataset.said.replace("{}", written.format(new Date(said.dataset.moment)));
    said.hidden = false;
  });

  // What is found while one types: the same page is asked, and its parts are put in place.
  each("form[data-as-typed]", (form) => {
    let newest = 0, waiting = 0;
    const ask = async () => {
      const number = ++newest;
      const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok || number !== newest) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      each("[data-part]", (part) => part.replaceChildren(...(page.getElementById(part.id)?.childNodes ?? part.childNodes)));
      history.replaceState(null, "", address);
    };
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 200); });
  });

  // After a refused form, the summary says what to mend.
  document.querySelector("[data-errors]")?.focus();
})();

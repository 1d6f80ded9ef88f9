/* The queue and the page of a request, quicker: every form here works without this. */
(() => {
  "use strict";
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  // Moving through the lines of the queue, and choosing one: keys J, K and E press these buttons.
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const at = () => rows().findIndex((row) => row.matches(".at"));
  const move = (by) => {
    const all = rows(), here = at();
    const next = all[here < 0 ? 0 : Math.min(all.length - 1, Math.max(0, here + by))];
    all[here]?.classList.remove("at");
    next?.classList.add("at");
    next?.querySelector("th a").focus();
  };
  each("[data-move]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => move(Number(button.dataset.move)));
  });
  each("[data-choose]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => rows()[at()]?.querySelector('[type="checkbox"]').click());
  });

  // Out of a field, so that keys serve again.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement?.matches("input, textarea, select")) document.activeElement.blur();
  });

  // What opens by a key is where one types next.
  each(".decide details", (box) => {
    box.addEventListener("toggle", () => { if (box.open) box.querySelector("input:not([type=hidden]), select, textarea")?.focus(); });
  });

  // The paper, larger and turned.
  each("[data-view]", (view) => {
    const turn = (name, by, most, round) => {
      const next = Number(view.dataset[name]) + by;
      view.dataset[name] = String(round ? (next + most + 1) % (most + 1) : Math.min(most, Math.max(0, next)));
    };
    each("[data-view-keys]", (keys) => { keys.hidden = false; });
    each("[data-zoom-by]", (one) => one.addEventListener("click", () => turn("zoom", Number(one.dataset.zoomBy), 3, false)));
    each("[data-turn-by]", (one) => one.addEventListener("click", () => turn("turn", 1, 3, true)));
  });

  // What validation would change, as the decision is being filled in.
  each("form[data-decision]", (form) => {
    const { shown, proposed, words } = form.elements;
    let newest = 0;
    const ask = async () => {
      const number = ++newest;
      const answer = await fetch(form.dataset.decision, { method: "POST", body: new FormData(form) }).catch(() => null);
      if (!answer?.ok || number !== newest) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("form[data-decision]");
      if (!fresh) return;
      each("[data-effect]", (old) => { const one = page.getElementById(old.id); if (one) old.replaceChildren(...one.childNodes); });
      shown.value = fresh.elements.shown.value;
      if (words.value.trim() === proposed.value.trim()) words.value = fresh.elements.words.value;
      proposed.value = fresh.elements.proposed.value;
    };
    form.addEventListener("change", (event) => { if (!["words", "canned"].includes(event.target.name)) ask(); });
  });

  // Ten seconds, told as they go.
  each("[data-undo]", (line) => {
    const said = line.querySelector("[data-undo-left]");
    const until = Date.now() + Number(line.dataset.undo) * 1000;
    const tick = setInterval(() => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left > 0) { said.textContent = said.textContent.replace(/\d+/, String(left)); return; }
      clearInterval(tick);
      line.querySelector("form").remove();
    }, 500);
  });
})();

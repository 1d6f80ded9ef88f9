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

  // The paper: its size and turn here, another page or paper from its address, in place.
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  const follow = async (link) => {
    const view = document.querySelector("[data-view]");
    const size = { ...view?.dataset }, inside = document.activeElement?.closest("#papers-box");
    const answer = await fetch(link.href).catch(() => null);
    const fresh = answer?.ok && parsed(await answer.text()).getElementById("papers-box");
    if (!fresh) { location.assign(link.href); return; }
    const box = document.getElementById("papers-box");
    box.replaceChildren(...fresh.childNodes);
    const shown = box.querySelector("[data-view]");
    if (shown && size.zoom) Object.assign(shown.dataset, { zoom: size.zoom, turn: link.dataset.look ? size.turn : "0" });
    history.replaceState(null, "", link.href.split("#")[0]);
    if (inside) (link.dataset.look && box.querySelector(`[data-look="${link.dataset.look}"]`) || shown || box.querySelector("a"))?.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-look]"), view = document.querySelector("[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const zoom = Number(view?.dataset.zoom), turn = Number(view?.dataset.turn);
    switch (link.dataset.look) {
      case "larger": view.dataset.zoom = String(Math.min(3, zoom + 1)); break;
      case "smaller": view.dataset.zoom = String(Math.max(0, zoom - 1)); break;
      case "fit": view.dataset.zoom = "0"; break;
      case "turned": view.dataset.turn = String((turn + 1) % 4); break;
      default: follow(link);
    }
  });

  // What validation would change, as the decision is being filled in; and what is new, beside what is typed.
  each("form[data-decision]", (form) => {
    const { shown, proposed, words } = form.elements;
    const names = (one) => [...one.elements].map((field) => field.name).join();
    let newest = 0;
    const asked = async (button) => {
      const number = ++newest, at = new URL(button?.formAction ?? form.dataset.decision, location.href);
      new URLSearchParams(location.search).forEach((value, name) => at.searchParams.set(name, value));
      const body = button ? new FormData(form, button) : new FormData(form);
      const answer = await fetch(at, { method: "POST", body }).catch(() => null);
      if (!answer?.ok || number !== newest) return null;
      const page = parsed(await answer.text());
      return page.querySelector("form[data-decision]") && page;
    };
    const take = (page) => {
      const fresh = page.querySelector("form[data-decision]");
      each("[data-effect]", (old) => { const one = page.getElementById(old.id); if (one) old.replaceChildren(...one.childNodes); });
      shown.value = fresh.elements.shown.value;
      if (words.value.trim() === proposed.value.trim()) words.value = fresh.elements.words.value;
      proposed.value = fresh.elements.proposed.value;
    };
    form.addEventListener("change", async (event) => {
      if (["words", "canned"].includes(event.target.name)) return;
      const page = await asked();
      if (page) take(page);
    });
    const again = async (button) => {
      const page = await asked(button), fresh = page?.querySelector("form[data-decision]");
      if (!fresh || names(fresh) !== names(form)) { button.removeAttribute("data-again"); button.click(); return; }
      take(page);
      each("[data-fresh]", (old) => {
        const one = page.getElementById(old.id);
        if (one && !one.isEqualNode(old)) old.replaceChildren(...one.childNodes);
      });
      for (const name of ["version", "read_at"]) each(`input[name="${name}"]`, (one) => { one.value = fresh.elements[name].value; });
      const [news, later] = [document, page].map((one) => one.querySelector("[data-news]"));
      news.id = later.id;
      news.dataset.liveUrl = later.dataset.liveUrl;
      news.replaceChildren();
      const title = document.querySelector("h1");
      title.tabIndex = -1;
      title.focus();
    };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-again]");
      if (!button) return;
      event.preventDefault();
      again(button);
    });
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

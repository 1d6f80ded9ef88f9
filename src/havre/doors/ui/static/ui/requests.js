/* A form that keeps itself while one writes. Without this, each of its buttons keeps it. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const said = document.getElementById("saved");
  const questions = () => document.getElementById("questions");
  let waiting = 0, onTheWay = 0, changed = false, stopped = false, leaving = false, last = Promise.resolve();

  // A question that depends on another is there, hidden, until it is asked.
  const values = (name) => [...form.elements].filter((one) => one.name === name).flatMap((one) => {
    if (one.type === "radio") return one.checked ? [one.value] : [];
    if (one.type === "checkbox") return one.checked ? [one.value === "on" ? "yes" : one.value] : ["no"];
    return [one.value];
  });
  const show = () => form.querySelectorAll("[data-when]").forEach((one) => {
    const asked = one.dataset.values.split(" ");
    one.hidden = !values(one.dataset.when).some((value) => asked.includes(value));
  });

  const send = async (what) => {
    const body = new URLSearchParams(new FormData(form));
    body.set("_do", what);
    changed = false;
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true }).catch(() => null);
    if (answer?.status === 409) { stopped = true; said.textContent = form.dataset.elsewhere; return; }
    if (!answer?.ok || !answer.headers.get("Content-Type")?.includes("json")) {
      said.textContent = form.dataset.unsaved;
      changed = true;
      if (!leaving) waiting = setTimeout(save, 5000, "save");
      return;
    }
    const kept = await answer.json();
    form.elements._version.value = kept.version;
    said.textContent = kept.said;
    if (kept.shape !== questions().dataset.shape && !changed) await redraw(what);
  };

  const save = (what) => {
    clearTimeout(waiting);
    if (stopped) return last;
    onTheWay += 1;
    last = last.then(() => send(what)).finally(() => { onTheWay -= 1; });
    return last;
  };

  // Where other questions stand than before, the page is asked for them, and the reader keeps their place.
  const redraw = async (what) => {
    const answer = await fetch(form.action).catch(() => null);
    if (!answer?.ok || changed) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("questions"), place = document.activeElement?.id;
    const known = new Set([...form.elements].map((one) => one.id));
    if (!fresh) return;
    questions().replaceWith(fresh);
    form.elements._version.value = page.querySelector("input[name=_version]").value;
    show();
    const added = [...form.elements].find((one) => one.id && !known.has(one.id) && one.type !== "hidden");
    (what.startsWith("add:") ? added : document.getElementById(place))?.focus();
  };

  const later = (wait) => {
    changed = true;
    show();
    clearTimeout(waiting);
    waiting = setTimeout(save, wait, "save");
  };
  form.addEventListener("input", () => later(900));
  form.addEventListener("change", () => later(150));

  // A line more or less, without leaving the page.
  form.addEventListener("click", (event) => {
    const what = event.target.closest("button[name=_do]")?.value ?? "";
    if (!/^(add|remove):/.test(what) || stopped) return;
    event.preventDefault();
    save(what);
  });

  // The form leaves once what is on its way has arrived: it never meets itself.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    leaving = true;
    if (!onTheWay) return;
    event.preventDefault();
    const button = event.submitter;
    last.then(() => setTimeout(() => form.requestSubmit(button)));
  });
  // Another form of the page, which takes a file back, leaves once what is written is kept.
  document.querySelectorAll("[data-uploads]").forEach((list) => list.addEventListener("submit", (event) => {
    if (!changed && !onTheWay) return;
    event.preventDefault();
    (changed ? save("save") : last).then(() => event.target.submit());
  }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed && !leaving) save("save");
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  show();
})();

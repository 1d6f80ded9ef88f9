/* Sends files a part at a time, so that a broken line loses seconds and not the file. Without it, the
   forms of the list send them whole. The protocol: doors/ui/uploading.py. */
(() => {
  "use strict";
  const PART = 512 * 1024, PATIENCE = 30000;
  const wait = (time) => new Promise((go) => setTimeout(go, time));
  // The line is back, or some time has passed: whichever comes first.
  const better = (time) => Promise.race([
    wait(time), new Promise((go) => addEventListener("online", go, { once: true })),
  ]);
  const passing = (answer) => !answer || answer.status >= 500 || answer.status === 408 || answer.status === 429;
  const offset = (answer) => Number(answer.headers.get("Upload-Offset") ?? NaN);

  for (const list of document.querySelectorAll("[data-uploads]")) {
    const token = list.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const told = list.querySelector("[data-told]");
    const sent = () => [...list.querySelectorAll("[data-sent]")];
    const show = () => list.querySelectorAll("form[hidden]").forEach((form) => { form.hidden = false; });
    if (!token) continue;
    list.classList.add("live");

    const ask = (address, method, headers = {}, body = undefined) =>
      fetch(address, { method, body, headers: { "X-CSRFToken": token, ...headers }, redirect: "error" });

    // What became of the files stands in the page: it is asked again, and those parts are put in place.
    let polls = 0, timer = 0;
    const refresh = async () => {
      clearTimeout(timer);
      const answer = await fetch(location.href).catch(() => null);
      if (answer?.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of sent()) {
          const fresh = page.getElementById(part.id);
          if (!fresh || fresh.innerHTML === part.innerHTML) continue;
          part.replaceChildren(...fresh.childNodes);
          part.toggleAttribute("data-waiting", fresh.hasAttribute("data-waiting"));
          const [row, now] = [part.closest(".row"), fresh.closest(".row")];
          row.className = now.className;
          row.querySelector(".disc").replaceWith(now.querySelector(".disc"));
          told.textContent = part.textContent.replace(/\s+/g, " ");
        }
        show();
      }
      poll();
    };
    const poll = () => {
      if (!sent().some((part) => part.hasAttribute("data-waiting"))) { polls = 0; return; }
      timer = setTimeout(refresh, Math.min(1500 * 1.3 ** polls++, 15000));
    };

    const begin = async (file, form, say) => {
      const about = new URLSearchParams({
        piece: form.elements.piece.value, name: file.name, size: file.size,
        fingerprint: [file.name, file.size, file.lastModified].join("|"),
      });
      for (let pause = 1000; ; pause = Math.min(pause * 2, PATIENCE)) {
        const answer = await ask(form.action, "POST", {}, about).catch(() => null);
        if (!passing(answer)) return answer;
        say("waiting");
        await better(pause);
      }
    };

    // Gives the answer that ended it: 204 when all is there.
    const sendParts = async (file, address, received, say, bar) => {
      let pause = 1000;
      for (;;) {
        bar.value = file.size ? Math.round(100 * received / file.size) : 100;
        const part = file.slice(received, received + PART);
        const headers = { "Upload-Offset": received, "Content-Type": "application/offset+octet-stream" };
        let answer = await ask(address, "PATCH", headers, part).catch(() => null);
        if (passing(answer)) {
          say("waiting");
          await better(pause);
          pause = Math.min(pause * 2, PATIENCE);
          answer = await ask(address, "HEAD").catch(() => null);
          if (passing(answer)) continue;
        } else {
          pause = 1000;
        }
        say("sending");
        const before = received;
        received = offset(answer);
        if (answer.status === 204 && received === file.size) { bar.value = 100; return answer; }
        if (Number.isNaN(received) || (answer.status === 409 && received === before)) return answer;
      }
    };

    const send = async (file, form) => {
      const row = list.querySelector("[data-sending]").content.cloneNode(true).firstElementChild;
      const bar = row.querySelector("progress");
      const say = (what) => {
        const text = told.dataset[`${what}Text`];
        if (row.querySelector("[data-said]").textContent === text) return;
        row.querySelector("[data-said]").textContent = text;
        told.textContent = `${file.name}, ${text}`;
      };
      row.querySelector("[data-name]").textContent = file.name;
      bar.setAttribute("aria-label", file.name);
      form.nextElementSibling.append(row);
      say("sending");
      const begun = await begin(file, form, say);
      if (begun.status !== 201) { say(begun.status === 422 ? "refused" : "ended"); return; }
      const { address, received, settled } = await begun.json();
      const last = settled ? null : await sendParts(file, address, received, say, bar);
      if (last && last.status !== 204) { say("ended"); bar.remove(); return; }
      say("done");
      await refresh();
      row.remove();
    };

    // One after the other: two would share the same line.
    let line = Promise.resolve();
    const take = (files, form) => {
      for (const file of files) line = line.then(() => send(file, form)).catch(() => undefined);
    };

    for (const form of list.querySelectorAll("form[data-send]")) {
      form.addEventListener("change", (event) => {
        take([...event.target.files], form);
        event.target.value = "";
      });
      form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
      form.addEventListener("dragleave", () => form.classList.remove("over"));
      form.addEventListener("drop", (event) => {
        event.preventDefault();
        form.classList.remove("over");
        take([...event.dataTransfer.files], form);
      });
    }
    show();
    poll();
  }
})();

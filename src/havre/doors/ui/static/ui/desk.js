/* Keys of the desk: `data-key` on a link, a button or a field is what reaches it; `data-says` what the
   list calls it. None while something is typed, nor with Ctrl, Alt or Meta; they can be turned off. */
(() => {
  "use strict";
  const OFF = "havre-desk-keys-off";
  const dialog = document.querySelector("dialog[data-keys]");
  const kept = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const keep = (off) => { try { localStorage.setItem(OFF, off ? "1" : ""); } catch { /* not kept */ } };
  const visible = (one) => one.getClientRects().length > 0 && !one.disabled;
  const holders = () => [...document.querySelectorAll("[data-key]")].filter(visible);
  const typing = (at) => at.closest?.('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]');

  const list = () => {
    const rows = holders().map((one) => {
      const row = document.createElement("div");
      const [key, said] = [document.createElement("dt"), document.createElement("dd")];
      key.append(Object.assign(document.createElement("kbd"), { textContent: one.dataset.key.toUpperCase() }));
      said.textContent = one.dataset.says || one.labels?.[0]?.textContent || one.textContent.trim();
      row.append(key, said);
      return row;
    });
    dialog.querySelector("dl").replaceChildren(...rows);
  };
  const open = () => { if (!dialog.open) { list(); dialog.showModal(); } };

  const button = dialog?.querySelector("[data-keys-off]");
  const show = () => button?.setAttribute("aria-pressed", String(kept()));
  button?.addEventListener("click", () => { keep(!kept()); show(); });
  show();
  document.querySelectorAll("[data-keys-open]").forEach((one) => {
    one.hidden = false;
    one.addEventListener("click", open);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (kept() || typing(event.target) || dialog?.open) return;
    const held = holders().find((one) => one.dataset.key === event.key || one.dataset.key === event.key.toLowerCase());
    if (!held) return;
    event.preventDefault();
    if (held.matches("input, textarea, select")) held.focus();
    else held.click();
  });
})();

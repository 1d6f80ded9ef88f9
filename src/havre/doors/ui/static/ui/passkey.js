/* Passkeys: asks the device, and sends its answer with the form. Loaded by the pages that need it.
   The form: data-passkey="create" or "get", data-options (JSON). In it: an input data-answer, a button
   data-go, and paragraphs data-none (no passkeys here) and data-failed. */
(() => {
  "use strict";
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const opened = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ask = (kind, options) => {
    const asked = { ...options, challenge: bytes(options.challenge) };
    if (kind === "create") {
      asked.user = { ...options.user, id: bytes(options.user.id) };
      asked.excludeCredentials = opened(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: asked });
    }
    asked.allowCredentials = opened(options.allowCredentials);
    return navigator.credentials.get({ publicKey: asked });
  };

  const written = (made) => {
    const response = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = text(made.response[part]);
    }
    const id = text(made.rawId);
    return JSON.stringify({ id, rawId: id, type: made.type, response, clientExtensionResults: {} });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const part = (name) => form.querySelector(`[data-${name}]`);
    if (!window.PublicKeyCredential) continue;
    if (part("none")) part("none").hidden = true;
    part("go").hidden = false;
    part("go").addEventListener("click", async () => {
      part("failed").hidden = true;
      try {
        part("answer").value = written(await ask(form.dataset.passkey, JSON.parse(form.dataset.options)));
        form.submit();
      } catch {
        part("failed").hidden = false;
      }
    });
  }
})();

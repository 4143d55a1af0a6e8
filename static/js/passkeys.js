/* Passkeys: the browser's own dialogue between a button and the form that carries its answer. */
(() => {
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!forms.length || !window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const create = async ({ publicKey }) => navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      /* Kept by the device and guarded by finger, face or PIN: only such a key can stand for a password. */
      authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
  const get = async ({ publicKey }) => navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
  });
  const ask = { create, get };

  const NAMES = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answerOf = (credential) => JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(NAMES.filter((name) => credential.response[name]).map((name) => [name, text(credential.response[name])])),
  });
  const optionsOf = async (form) => {
    if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
    const answer = await fetch(form.dataset.passkeyOptionsUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    return (await answer.json()).request_options;
  };

  for (const form of forms) {
    const failed = form.querySelector("[data-passkey-failed]");
    const unknown = form.querySelector("[data-passkey-unknown]");
    const start = form.querySelector("[data-passkey-start]");
    form.hidden = false;
    if (unknown) unknown.hidden = true;
    const run = async () => {
      failed.hidden = true;
      start.setAttribute("aria-busy", "true");
      try {
        form.elements.credential.value = answerOf(await ask[form.dataset.passkey](await optionsOf(form)));
        form.submit();
      } catch {
        failed.hidden = false;
      } finally {
        start.removeAttribute("aria-busy");
      }
    };
    start.addEventListener("click", run);
    /* Enter in the field for the name does what the button does. */
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  }
})();

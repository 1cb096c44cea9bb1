// Passkeys: a button with data-passkey ("use" or "make") asks the browser's authenticator, puts what it said into the
// form's hidden fields and sends the form. Without script, or in a browser that knows no passkeys, there is no button.

const to_text = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const to_bytes = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const field = (form: HTMLFormElement, name: string) => form.elements.namedItem(name) as HTMLInputElement;

async function challenge(form: HTMLFormElement) {
  const body = new URLSearchParams({ token: field(form, "token").value });
  const reply = await fetch("/passkeys/challenge", { method: "POST", body, headers: { accept: "application/json" } });
  if (!reply.ok) throw new Error(`${reply.status}`);
  return reply.json();
}

async function use(form: HTMLFormElement) {
  const asked = await challenge(form);
  const said = (await navigator.credentials.get({
    publicKey: { challenge: to_bytes(asked.challenge), userVerification: "required" },
  })) as PublicKeyCredential;
  const response = said.response as AuthenticatorAssertionResponse;
  field(form, "credential").value = said.id;
  field(form, "client_data").value = to_text(response.clientDataJSON);
  field(form, "authenticator_data").value = to_text(response.authenticatorData);
  field(form, "signature").value = to_text(response.signature);
  field(form, "user").value = response.userHandle ? to_text(response.userHandle) : "";
}

async function make(form: HTMLFormElement) {
  const asked = await challenge(form);
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: to_bytes(asked.challenge),
      rp: { name: "Stafett" },
      user: { id: to_bytes(asked.user), name: asked.name, displayName: asked.name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      excludeCredentials: asked.known.map((id: string) => ({ type: "public-key", id: to_bytes(id) })),
      attestation: "none",
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  field(form, "client_data").value = to_text(response.clientDataJSON);
  field(form, "attestation").value = to_text(response.attestationObject);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-passkey]")) {
  const form = button.form;
  if (!form || !window.PublicKeyCredential) continue;
  button.hidden = false;
  form.querySelector<HTMLElement>("[data-without]")?.setAttribute("hidden", "");
  const trouble = form.querySelector<HTMLElement>("[data-trouble]");
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (trouble) trouble.hidden = true;
    button.disabled = true;
    try {
      await (button.dataset.passkey === "make" ? make(form) : use(form));
      form.requestSubmit();
    } catch {
      if (trouble) trouble.hidden = false;
    }
    button.disabled = false;
  });
}

// What the pages gain from a script. Every page works without it.
// No markup is ever made from text here: the policy requires Trusted Types and we have no policy of our own.

import "./passkey";

const all = <T extends Element>(what: string, within: ParentNode = document) => [...within.querySelectorAll<T>(what)];

document.documentElement.classList.add("scripted");

// What is wrong is read first.
document.querySelector<HTMLElement>(".ds-error-summary")?.focus();

// A form is sent once, and says that it is on its way. Coming back with the browser's arrow makes it usable again.
function busy(form: HTMLFormElement, is: boolean) {
  form.toggleAttribute("data-sent", is);
  for (const button of all<HTMLButtonElement>("button:not([type=button])", form)) {
    if (is) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
    const words = button.dataset.busy;
    if (!words) continue;
    button.dataset.idle ??= button.textContent ?? "";
    button.textContent = is ? words : button.dataset.idle;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post") return;
  if (form.hasAttribute("data-sent")) event.preventDefault();
  else busy(form, true);
});
addEventListener("pageshow", () => all<HTMLFormElement>("form[data-sent]").forEach((form) => busy(form, false)));

// A folded part of the menu folds again when one goes elsewhere, or presses Escape.
const unfolded = () => all<HTMLDetailsElement>("details[name=menu][open]");
document.addEventListener("click", ({ target }) => unfolded().forEach((part) => (part.open = part.contains(target as Node))));
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape") return;
  for (const part of unfolded()) {
    part.open = false;
    if (part.contains(target as Node)) part.querySelector("summary")?.focus();
  }
});

// Ctrl+Enter in a text of several lines sends its form, as Enter does in one of a single line.
document.addEventListener("keydown", (event) => {
  const text = event.target;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(text instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  text.form?.requestSubmit();
});

// data-guard: warn before what was written is lost.
const written = new Set<HTMLFormElement>();
document.addEventListener("input", (event) => {
  const form = (event.target as HTMLInputElement).form;
  if (form?.hasAttribute("data-guard")) written.add(form);
});
addEventListener("beforeunload", (event) => {
  if ([...written].some((form) => !form.hasAttribute("data-sent"))) event.preventDefault();
});

// data-largest (bytes): say that a file is too large before it is sent.
document.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  const largest = Number(input.dataset?.largest);
  if (input.type !== "file" || !largest) return;
  const tooLarge = [...(input.files ?? [])].some((file) => file.size > largest);
  input.setCustomValidity(tooLarge ? (input.dataset.tooLarge ?? "") : "");
  input.reportValidity();
});

document.addEventListener("click", (event) => {
  const clicked = (event.target as Element).closest<HTMLElement>("[data-dialog], [data-print], [data-pick]");
  if (!clicked) return;
  // data-dialog: a link to a page that asks; with the script it asks here.
  const dialog = clicked.dataset.dialog && document.getElementById(clicked.dataset.dialog);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
  }
  if (clicked.hasAttribute("data-print")) print();
  // data-pick: tick all of the boxes beside it, or none if all are ticked.
  if (clicked.hasAttribute("data-pick")) {
    const boxes = all<HTMLInputElement>("input[type=checkbox]", clicked.closest("fieldset, form") ?? document);
    const tick = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = tick;
  }
});

// A part that scrolls sideways is a stop for the keyboard only while there is more to see.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) (target as HTMLElement).tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
});
for (const part of all<HTMLElement>(".scroll")) watch.observe(part);

// Messages that pass: rendered by the server, or sent by an htmx answer as HX-Trigger {"toast": {text, tone, undo}}.

const STAYS = 7000;
const STAYS_WITH_UNDO = 20000;
const region = document.getElementById("toasts");

function arm(toast) {
  const stays = toast.querySelector("form:not([hidden])") ? STAYS_WITH_UNDO : STAYS;
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), stays); };
  const stop = () => clearTimeout(timer);
  // Whoever reads slowly, or is about to press "undo", keeps the message.
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  if (!toast.matches(".toast-danger")) start();
}

export function say({ text, tone = "info", undo = "" }) {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.classList.add(`toast-${tone}`);
  toast.querySelector("p").textContent = text;
  if (undo) {
    const form = toast.querySelector("form");
    form.action = undo;
    form.hidden = false;
  }
  region.append(toast);
  arm(toast);
}

region?.querySelectorAll("[data-toast]").forEach(arm);
region?.addEventListener("click", (event) => event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove());
document.body.addEventListener("toast", (event) => say(event.detail));

// Small help while filling: filters that submit by themselves, files dropped, text copied, errors in focus.
import { say } from "./toasts.js";

const PAUSE = 350;
const words = document.getElementById("words");
let timer;

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select, [type=checkbox], [type=radio], [type=date]")) form.requestSubmit();
  if (event.target.matches("[data-dropzone] input[type=file]")) {
    const place = event.target.closest("[data-dropzone]").querySelector(".dropzone-chosen");
    if (place) place.textContent = [...event.target.files].map((file) => file.name).join(", ");
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  // Only where htmx keeps the place of the cursor: a whole new page would lose it.
  if (!form?.hasAttribute("hx-get") || !event.target.matches("[type=search], [type=text]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => form.requestSubmit(), PAUSE);
});

// Empty choices make ugly addresses: leave them out of a GET form.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.filters:not([hx-get])")) return;
  for (const control of event.target.elements) if (control.name && !control.value) control.disabled = true;
});
window.addEventListener("pageshow", () => {
  for (const control of document.querySelectorAll("form.filters :disabled")) control.disabled = false;
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-dropzone]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("is-over", kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say({ text: words.dataset.copied, tone: "success" });
  } catch {
    button.parentElement.querySelector("input")?.select(); // no clipboard here: let the person copy
  }
});

document.querySelector("[data-focus-first]")?.focus();

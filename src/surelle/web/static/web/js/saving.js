// The state of a form that saves by itself, and a word before what was typed is lost.

function show(form, state) {
  const place = form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
  if (!place) return;
  place.dataset.state = state;
  place.textContent = place.dataset[state] ?? "";
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave], form[data-leave-guard]");
  if (!form) return;
  form.dataset.dirty = "yes";
  if (form.matches("[data-autosave]")) show(form, "changed");
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (form) {
    delete form.dataset.dirty;
    show(form, "saving");
  }
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (!form) return;
  if (!event.detail.successful) form.dataset.dirty = "yes";
  show(form, event.detail.successful ? (form.dataset.dirty ? "changed" : "saved") : "failed");
});

document.addEventListener("submit", (event) => { delete event.target.dataset.dirty; });
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-dirty]")) event.preventDefault();
});

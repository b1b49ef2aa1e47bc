// Native dialogs: opened by data-dialog, confirmations shown as modals instead of in place.

function open(dialog) {
  if (dialog.matches(":modal")) return;
  dialog.removeAttribute("open"); // not close(): its event comes late, and would fold what holds the dialog
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      open(dialog);
    }
    return;
  }
  const summary = event.target.closest("[data-confirm] > summary");
  if (summary) {
    event.preventDefault();
    const holder = summary.parentElement;
    const dialog = holder.querySelector("dialog");
    holder.open = true; // the panel lives inside, so it must be rendered
    dialog.addEventListener("close", () => { holder.open = false; summary.focus(); }, { once: true });
    open(dialog);
    return;
  }
  const closer = event.target.closest("dialog [data-close]");
  if (closer) {
    closer.closest("dialog").close();
    return;
  }
  // A click beside the panel lands on the dialog itself.
  if (event.target instanceof HTMLDialogElement && event.target.matches(":modal")) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});

document.addEventListener("surelle:close-dialog", () => {
  document.querySelectorAll("dialog:modal").forEach((dialog) => dialog.close());
});

// A dialog that the server rendered open (a form with errors) becomes modal.
document.querySelectorAll("dialog[open]:not(.confirm-panel)").forEach(open);

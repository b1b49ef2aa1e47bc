// Keys: "/" searches, "?" tells the keys, j and k walk rows, data-shortcut presses what it stands on.

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])");
const shown = (element) => element.checkVisibility?.() ?? true;

function rows() {
  return [...document.querySelectorAll("main .rows > .row, main .table > tbody > tr")].filter((row) => shown(row) && row.querySelector("a, button"));
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step))];
  next.querySelector("a, button").focus();
  next.scrollIntoView({ block: "nearest" });
}

function tell() {
  const dialog = document.getElementById("shortcuts");
  const list = dialog?.querySelector("[data-shortcuts]");
  if (!list) return;
  list.querySelectorAll("[data-own]").forEach((entry) => entry.remove());
  for (const element of document.querySelectorAll("[data-shortcut]")) {
    if (!shown(element)) continue;
    const entry = document.createElement("div");
    entry.dataset.own = "";
    const key = document.createElement("kbd");
    key.textContent = element.dataset.shortcut;
    const term = document.createElement("dt");
    term.append(key);
    const what = document.createElement("dd");
    what.textContent = element.getAttribute("aria-label") || element.textContent.trim();
    entry.append(term, what);
    list.append(entry);
  }
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (document.querySelector("dialog:modal")) return;
  if (event.key === "/") {
    const field = [...document.querySelectorAll("[data-search]")].find(shown);
    const link = [...document.querySelectorAll(".top-find")].find(shown);
    if (!field && !link) return;
    event.preventDefault();
    if (field) field.select();
    else link.click();
  } else if (event.key === "?") {
    event.preventDefault();
    tell();
  } else if (event.key === "j" || event.key === "k") {
    walk(event.key === "j" ? 1 : -1);
  } else {
    const target = [...document.querySelectorAll("[data-shortcut]")].find((element) => element.dataset.shortcut === event.key && shown(element));
    if (target) {
      event.preventDefault();
      target.focus();
      target.click();
    }
  }
});

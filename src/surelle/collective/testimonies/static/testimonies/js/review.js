// The review by keyboard: j and k walk the voices, e opens who speaks, single keys act on chosen lines.
// What htmx swaps in comes back to the same voice; a voice shows its lines, a line its voice.

const root = () => document.getElementById("relecture");
const cards = () => [...root().querySelectorAll(".voice-card")];
const typing = (element) => element.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select");
let here = 0;
let lastLine = null;

function mark(card, scroll = true) {
  for (const one of cards()) one.classList.toggle("is-here", one === card);
  for (const line of root().querySelectorAll(".line")) line.classList.toggle("is-shown", card && line.dataset.voice === card.dataset.voice);
  if (!card) return;
  here = cards().indexOf(card);
  if (scroll) card.scrollIntoView({ block: "nearest" });
  const first = root().querySelector(`.line[data-voice="${card.dataset.voice}"]`);
  const page = root().querySelector(".review-page");
  if (first && page.scrollHeight > page.clientHeight) {
    page.scrollTop = Math.max(0, first.offsetTop - page.querySelector(".line-tools").offsetHeight - 40);
  }
}

function walk(step) {
  const all = cards();
  if (!all.length) return;
  const now = all.some((one) => one.classList.contains("is-here")) ? here + step : 0;
  const card = all[Math.max(0, Math.min(all.length - 1, now))];
  card.focus({ preventScroll: true });
  mark(card);
  card.scrollIntoView({ block: "start" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog:modal")) return;
  const card = cards()[here];
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    event.stopImmediatePropagation(); // the page's own walk goes through rows
    walk(event.key === "j" ? 1 : -1);
  } else if (event.key === "e" && card) {
    event.preventDefault();
    const edit = card.querySelector(".voice-edit");
    edit.open = true;
    edit.querySelector("input.control").focus();
  } else if (event.key === "Escape") {
    root().querySelectorAll(".line-choice:checked").forEach((box) => { box.checked = false; });
  } else if (root().querySelector(".line-choice:checked")) {
    const button = root().querySelector(`[data-line-key="${event.key}"]`);
    if (button) {
      event.preventDefault();
      event.stopImmediatePropagation();
      button.click();
    }
  }
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest("#relecture a[href^='#v'], #relecture .voice-card a[href^='#l']");
  if (link) {
    const target = document.getElementById(link.hash.slice(1));
    if (target?.matches(".voice-card")) {
      event.preventDefault();
      mark(target);
      target.scrollIntoView({ block: "start" });
    }
    return;
  }
  const card = event.target.closest("#relecture .voice-card");
  if (card && !card.classList.contains("is-here")) mark(card, false);
  // Shift takes all lines from the last one chosen to this one.
  const box = event.target.closest("#relecture .line-choice");
  if (!box) return;
  if (event.shiftKey && lastLine !== null) {
    const boxes = [...root().querySelectorAll(".line-choice")];
    const ends = [boxes.findIndex((one) => one.value === lastLine), boxes.indexOf(box)].sort((a, b) => a - b);
    if (ends[0] >= 0) boxes.slice(ends[0], ends[1] + 1).forEach((one) => { one.checked = true; });
  }
  lastLine = box.value;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "relecture") return;
  const page = root().querySelector(".review-page");
  event.detail.target.dataset.scroll = page ? page.scrollTop : 0;
  sessionStorage.setItem("relecture", JSON.stringify({ page: page ? page.scrollTop : 0, window: window.scrollY, here }));
});

document.addEventListener("htmx:afterSettle", () => {
  const kept = sessionStorage.getItem("relecture");
  if (!kept || !root()) return;
  sessionStorage.removeItem("relecture");
  const was = JSON.parse(kept);
  const focus = root().dataset.focus;
  const card = (focus && document.getElementById(focus)) || cards()[Math.min(was.here, cards().length - 1)];
  if (card) {
    mark(card, false);
    card.focus({ preventScroll: true });
  }
  window.scrollTo({ top: was.window });
  const page = root().querySelector(".review-page");
  if (page) page.scrollTop = was.page;
});

if (location.hash) mark(document.querySelector(`.voice-card${location.hash}`), true);

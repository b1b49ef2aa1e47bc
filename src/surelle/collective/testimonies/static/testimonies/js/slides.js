// The slide show: arrows, space, swipe, full screen, notes. Slides come by the same addresses as without script.

const stage = () => document.getElementById("scene");
const bar = () => document.getElementById("barre");
const body = document.body;
const kept = new Map();

async function fetchSlide(url) {
  if (!kept.has(url)) {
    kept.set(url, fetch(url, { headers: { Accept: "text/html" } }).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    }));
  }
  return kept.get(url);
}

async function go(link, { push = true } = {}) {
  if (!link) return;
  const url = typeof link === "string" ? link : link.href;
  try {
    const page = new DOMParser().parseFromString(await fetchSlide(url), "text/html");
    const show = () => {
      stage().replaceWith(page.getElementById("scene"));
      bar().replaceWith(page.getElementById("barre"));
    };
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (document.startViewTransition && !calm) await document.startViewTransition(show).updateCallbackDone;
    else show();
    if (push) history.pushState({}, "", url);
    settle();
  } catch {
    kept.delete(url);
    location.href = url; // without the script's help the address still leads there
  }
}

const next = () => document.querySelector("a[rel=next]");
const previous = () => document.querySelector("a[rel=prev]");

// Quick presses wait for each other, so that three presses turn three slides.
let turning = Promise.resolve();
function turn(where) {
  turning = turning.then(() => go(where()));
}

function settle() {
  document.querySelector("[data-notes]")?.setAttribute("aria-pressed", String(body.classList.contains("with-notes")));
  fit();
  ahead(next()).then(() => ahead(previous()));
}

async function ahead(link) {
  if (link) await fetchSlide(link.href).catch(() => kept.delete(link.href));
}

// The size of letters is chosen by the length of the text; a small screen may still need less.
function fit() {
  const slide = stage()?.querySelector(".slide");
  if (!slide) return;
  const room = window.innerHeight - bar().offsetHeight;
  for (let size = Number(slide.className.match(/size-(\d)/)?.[1] ?? 3); size < 5 && slide.scrollHeight > room; size += 1) {
    slide.classList.replace(`size-${size}`, `size-${size + 1}`);
  }
}

function notes() {
  body.classList.toggle("with-notes");
  settle();
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

document.addEventListener("fullscreenchange", () => body.classList.toggle("is-full", Boolean(document.fullscreenElement)));
window.addEventListener("popstate", () => go(location.href, { push: false }));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[rel=next], a[rel=prev]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    turn(() => link);
  } else if (event.target.closest("[data-notes]")) notes();
  else if (event.target.closest("[data-full]")) full();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, video, audio") || document.querySelector("dialog:modal")) return;
  const onKey = event.target.closest?.("a, button");
  const acts = {
    ArrowRight: () => turn(next), ArrowDown: () => turn(next), PageDown: () => turn(next),
    ArrowLeft: () => turn(previous), ArrowUp: () => turn(previous), PageUp: () => turn(previous),
    Home: () => turn(() => new URL("?voix=debut", location.href).href), End: () => turn(() => new URL("?voix=fin", location.href).href),
    n: notes, f: full, e: () => document.querySelector("[data-edit]")?.click(),
  };
  if (event.key === " " && !onKey) acts[" "] = () => turn(event.shiftKey ? previous : next);
  if (event.key === "Escape" && !document.fullscreenElement) acts.Escape = () => document.querySelector("[data-leave]")?.click();
  if (!acts[event.key]) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  acts[event.key]();
}, true);

let from = null;
document.addEventListener("pointerdown", (event) => { if (event.pointerType === "touch" && event.isPrimary) from = { x: event.clientX, y: event.clientY }; });
document.addEventListener("pointerup", (event) => {
  if (!from) return;
  const [x, y] = [event.clientX - from.x, event.clientY - from.y];
  from = null;
  if (Math.abs(x) > 50 && Math.abs(x) > 1.5 * Math.abs(y)) turn(x < 0 ? next : previous);
});
document.addEventListener("pointercancel", () => { from = null; });

settle();

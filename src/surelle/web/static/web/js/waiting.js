// A thin bar while the server thinks, and a sentence when it does not answer.
import { say } from "./toasts.js";

const bar = document.querySelector("[data-waiting]");
const words = document.getElementById("words");
let running = 0;
let timer;

function begin() {
  running += 1;
  // A quick answer needs no bar.
  timer ??= setTimeout(() => { bar.hidden = false; }, 150);
}

function end() {
  running = Math.max(0, running - 1);
  if (running) return;
  clearTimeout(timer);
  timer = undefined;
  bar.hidden = true;
}

document.body.addEventListener("htmx:beforeRequest", begin);
document.body.addEventListener("htmx:afterRequest", end);
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(failure, (event) => {
    // Forms that save by themselves say it in their own place.
    if (!event.target.closest?.("[data-autosave]")) say({ text: words.dataset.failed, tone: "danger" });
  });
}

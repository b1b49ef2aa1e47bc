// Marking by keyboard, mouse or finger. The page works without this; here it only becomes quick.
// Places are told to the server as (code point where an element begins, UTF-16 units inside it): it converts.

const root = document.getElementById("marking");
const panel = document.getElementById("marking-panel");
const side = document.getElementById("marking-side");
const sought = document.getElementById("theme-sought");
const memo = document.getElementById("panel-memo");
const preview = document.getElementById("panel-words");
const offers = document.getElementById("offers");
const said = document.getElementById("marking-said");
const proposal = document.getElementById("panel-new");
const text = () => document.getElementById("marking-text");

let chosen = null; // the Range that would be marked; kept when focus goes to the panel
let sent = null; // what was chosen when the last mark was sent
let current = null; // key of the last mark made or touched
let anchorSentence = null;
let hereAt = null; // where the keyboard stands: kept when its paragraph is replaced
let sending = Promise.resolve();

root.dataset.live = "";
root.querySelectorAll("[data-live-only]").forEach((element) => { element.hidden = false; });
root.querySelectorAll("[data-plain-only]").forEach((element) => { element.hidden = true; });
preview.textContent = preview.dataset.empty;

// --- what is chosen ---------------------------------------------------------------------------------------------------

const sentences = () => [...text().querySelectorAll(".sentence")];
const segmentOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".sentence, .between");

function unitsWithin(segment, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(segment);
  range.setEnd(node, offset);
  return range.toString().length;
}

// A bound of a selection may lie beside the text (in a margin, at the end of a paragraph): bring it to a segment.
function place(node, offset, isEnd) {
  let segment = segmentOf(node);
  if (segment && text().contains(segment)) return { at: Number(segment.dataset.start), units: unitsWithin(segment, node, offset) };
  const all = [...text().querySelectorAll(".sentence, .between")];
  const here = document.createRange();
  here.setStart(node, offset);
  const before = all.filter((one) => here.comparePoint(one, 0) < 0);
  const after = all.filter((one) => here.comparePoint(one, 0) >= 0);
  segment = isEnd ? before.at(-1) : after[0];
  if (!segment) return null;
  return isEnd ? { at: Number(segment.dataset.start), units: segment.textContent.length } : { at: Number(segment.dataset.start), units: 0 };
}

function places() {
  if (!chosen || chosen.collapsed) return null;
  const start = place(chosen.startContainer, chosen.startOffset, false);
  const end = place(chosen.endContainer, chosen.endOffset, true);
  return start && end ? { start, end } : null;
}

function wordsOf(range) {
  return [...text().querySelectorAll(".sentence, .between")].filter((one) => range.intersectsNode(one))
    .map((one) => {
      const part = document.createRange();
      part.selectNodeContents(one);
      if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
      return part.toString();
    }).join("").trim();
}

function show() {
  const words = chosen && !chosen.collapsed ? wordsOf(chosen) : "";
  if (!words) chosen = null;
  preview.textContent = words || preview.dataset.empty;
  preview.classList.toggle("is-chosen", Boolean(words));
  side.classList.toggle("is-open", Boolean(words));
  offers.replaceChildren();
  if (CSS.highlights) {
    if (words) CSS.highlights.set("chosen", new Highlight(chosen));
    else CSS.highlights.delete("chosen");
  }
}

function choose(range) {
  const selection = getSelection();
  selection.removeAllRanges();
  if (range) selection.addRange(range);
  chosen = range?.cloneRange() ?? null;
  show();
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!selection.rangeCount || side.contains(document.activeElement)) return;
  const range = selection.getRangeAt(0);
  if (!text().contains(range.commonAncestorContainer)) return;
  chosen = range.collapsed ? null : range.cloneRange();
  show();
});

function here() {
  const all = sentences();
  const focus = getSelection().focusNode;
  const segment = focus && segmentOf(focus);
  return segment ? all.indexOf(segment.matches(".sentence") ? segment : segment.nextElementSibling) : -1;
}

function walk(step, extend) {
  const all = sentences();
  if (!all.length) return;
  const marked = all.findIndex((one) => one.classList.contains("is-here"));
  const from = marked >= 0 ? marked : here();
  const next = Math.max(0, Math.min(all.length - 1, from < 0 ? (step > 0 ? 0 : all.length - 1) : from + step));
  if (!extend || anchorSentence === null || anchorSentence >= all.length) anchorSentence = extend && from >= 0 ? from : next;
  const [first, last] = [Math.min(anchorSentence, next), Math.max(anchorSentence, next)];
  stand(all[next]);
  const range = document.createRange();
  range.setStart(all[first], 0);
  range.setEnd(all[last], all[last].childNodes.length);
  choose(range);
  said.textContent = wordsOf(range);
}

function stand(sentence) {
  hereAt = sentence?.dataset.start ?? null;
  text().querySelectorAll(".is-here").forEach((one) => one.classList.remove("is-here"));
  sentence?.classList.add("is-here");
  sentence?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function byWord(step, extend) {
  const selection = getSelection();
  if (!selection.rangeCount || !text().contains(selection.focusNode)) { walk(1, false); return; }
  if (extend) selection.modify("extend", step > 0 ? "forward" : "backward", "word");
  else {
    const range = chosen ?? selection.getRangeAt(0);
    selection.collapse(step > 0 ? range.endContainer : range.startContainer, step > 0 ? range.endOffset : range.startOffset);
    selection.modify("move", step > 0 ? "forward" : "backward", "word");
    selection.modify("extend", step > 0 ? "forward" : "backward", "word");
  }
}

// --- what is sent -----------------------------------------------------------------------------------------------------

function passagesFor(from, to) {
  const touched = [...text().querySelectorAll(".passage")].filter((one) => Number(one.dataset.start) < to && from < Number(one.dataset.end));
  return touched.length ? { block_start: touched[0].dataset.start, block_end: touched.at(-1).dataset.end } : {};
}

// One after the other, so that two quick keys never race.
function send(url, values) {
  sending = sending.then(() => window.htmx.ajax("POST", url, { values, swap: "none", target: panel, source: panel })).catch(() => {});
  return sending;
}

function mark(values) {
  const bounds = places();
  if (!bounds) return;
  const { start, end } = bounds;
  sent = chosen;
  send(panel.getAttribute("action"), {
    page: root.dataset.page, start: start.at, start_units: start.units, end: end.at, end_units: end.units,
    ...passagesFor(start.at + start.units, end.at + end.units), ...values,
  }).then(clearPanel);
}

function fromPanel() {
  const data = new FormData(panel);
  const values = { tone: data.get("tone") ?? "", memo: data.get("memo") ?? "" };
  const themes = data.getAll("themes");
  if (themes.length) values.themes = themes;
  const name = sought.value.trim();
  if (name) {
    const first = matches()[0];
    if (first) values.themes = [...themes, first.querySelector("input").value];
    else values.new_theme = name;
  }
  return values;
}

function clearPanel() {
  panel.reset();
  filter();
  offers.replaceChildren();
  text().focus({ preventScroll: true });
}

function noteOf(key) { return document.getElementById(`mark-${key}`); }

function change(key, values) {
  const note = noteOf(key);
  if (!note) return;
  send(`${markDoor(key)}`, { ...passagesFor(Number(note.dataset.start), Number(note.dataset.end)), ...values });
}

const markDoor = (key) => noteOf(key).querySelector("form.mark-edit").getAttribute("action");
const dropDoor = (key) => noteOf(key).querySelector("form.mark-drop").getAttribute("action");

function remove(key) {
  const note = noteOf(key);
  if (!note) return;
  send(dropDoor(key), passagesFor(Number(note.dataset.start), Number(note.dataset.end)));
  current = null;
}

function travel(which) {
  const form = document.querySelector(`[data-travel="${which}"]`);
  send(form.getAttribute("action"), { page: root.dataset.page });
}

function tone(step) {
  if (current !== null && noteOf(current)) {
    const now = noteOf(current).dataset.tone;
    const next = Math.max(-2, Math.min(2, (now === "" ? 0 : Number(now)) + (now === "" && step === 0 ? 0 : step)));
    noteOf(current).dataset.tone = String(next); // the next key counts from here, even before the answer
    change(current, { tone: next });
    return;
  }
  const radios = [...panel.querySelectorAll("[name=tone]")].filter((one) => one.value !== "");
  const at = radios.findIndex((one) => one.checked);
  radios[Math.max(0, Math.min(4, (at < 0 ? 2 : at) + step))].checked = true;
}

function light(key, scroll) {
  document.querySelectorAll(".is-lit").forEach((one) => one.classList.remove("is-lit"));
  if (key === null) return;
  text().querySelectorAll(`[data-marks~="${key}"]`).forEach((one) => one.classList.add("is-lit"));
  const note = noteOf(key);
  note?.classList.add("is-lit");
  if (scroll) note?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function suggest() {
  const bounds = places();
  if (!bounds) return;
  const query = new URLSearchParams({ start: bounds.start.at, start_units: bounds.start.units, end: bounds.end.at, end_units: bounds.end.units });
  window.htmx.ajax("GET", `${root.dataset.suggest}?${query}`, { target: "#offers", swap: "innerHTML" });
}

// --- the list of themes -----------------------------------------------------------------------------------------------

const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function matches() {
  const wanted = fold(sought.value.trim());
  const all = [...document.querySelectorAll("#theme-choices .theme-choice")];
  if (!wanted) return [];
  const starts = all.filter((one) => fold(one.dataset.name).split(/[\s'’-]+/).some((word) => word.startsWith(wanted)) || fold(one.dataset.name).startsWith(wanted));
  return starts.length ? starts : all.filter((one) => fold(one.dataset.path).includes(wanted));
}

function filter() {
  const found = matches();
  const wanted = sought.value.trim();
  for (const one of document.querySelectorAll("#theme-choices .theme-choice")) {
    one.hidden = Boolean(wanted) && !found.includes(one) && !one.querySelector("input").checked;
    one.classList.toggle("is-first", one === found[0]);
  }
  proposal.hidden = !wanted || found.length > 0;
  proposal.textContent = proposal.dataset.words.replace("{name}", () => wanted);
}

sought.addEventListener("input", filter);

// --- keys -------------------------------------------------------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog:modal")) return;
  if (event.target === sought) return keyInTheme(event);
  if (event.target === memo) return keyInMemo(event);
  const isFree = event.target === document.body || event.target.id === "contenu" || text().contains(event.target) && !event.target.closest("input, textarea, select, summary, button, a");
  if (!isFree || event.ctrlKey || event.metaKey) return;
  if (keyInText(event)) { event.preventDefault(); event.stopPropagation(); }
}, true);

function keyInText(event) {
  const { key } = event;
  if (key === "ArrowDown" || key === "ArrowUp") { walk(key === "ArrowDown" ? 1 : -1, event.shiftKey); return true; }
  if (key === "ArrowRight" || key === "ArrowLeft") { byWord(key === "ArrowRight" ? 1 : -1, event.shiftKey); return true; }
  if (event.altKey) return false;
  if (key === "Enter" && chosen) { sought.focus(); return true; }
  if (key === "Escape") { choose(null); stand(null); light(null); current = null; return true; }
  if (/^[1-9]$/.test(key) && chosen) {
    const box = document.querySelector(`#theme-choices [data-number="${key}"]`);
    if (box) mark({ ...fromPanel(), themes: [...new FormData(panel).getAll("themes"), box.value] });
    return true;
  }
  if (key === "+" || key === "=") { tone(1); return true; }
  if (key === "-" || key === "−") { tone(-1); return true; }
  if (key === "z") { travel("undo"); return true; }
  if (key === "y") { travel("redo"); return true; }
  if ((key === "Delete" || key === "Backspace") && current !== null) { remove(current); return true; }
  if (key === "m") { openMemo(); return true; }
  if (key === " " && chosen) {
    // Once: what resembles? Again: the first of it. A letter would not do, since letters name themes.
    const first = offers.querySelector("[data-offer]");
    if (first) first.click(); else suggest();
    return true;
  }
  if (key === "?") { document.getElementById("marking-help").showModal(); return true; }
  if (chosen && key.length === 1 && /\p{L}/u.test(key)) { sought.focus(); sought.value = key; filter(); return true; }
  return false;
}

function keyInTheme(event) {
  if (event.key === "Escape") { sought.value = ""; filter(); text().focus({ preventScroll: true }); }
  else if (event.key === "Enter") { event.preventDefault(); if (chosen) mark(fromPanel()); }
}

function keyInMemo(event) {
  if (event.key === "Escape") text().focus({ preventScroll: true });
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (current !== null && noteOf(current) && !chosenIsNew) { change(current, { memo: memo.value }); memo.value = ""; text().focus({ preventScroll: true }); } else if (chosen) mark(fromPanel());
  }
}

let chosenIsNew = false;

// The memo goes to the mark just made; before any mark, to the one being prepared.
function openMemo() {
  const note = current !== null ? noteOf(current) : null;
  chosenIsNew = !note;
  memo.value = note ? note.querySelector("textarea").value : memo.value;
  side.classList.add("is-open");
  memo.focus();
}

// --- mouse and finger -------------------------------------------------------------------------------------------------

panel.addEventListener("submit", (event) => {
  event.preventDefault();
  mark(fromPanel());
});

panel.addEventListener("change", (event) => {
  // A theme touched by hand marks at once, as a key does; with Alt or Shift several can be gathered first.
  if (event.target.name === "themes" && event.target.checked && chosen && !gathering) mark(fromPanel());
});

let gathering = false;
panel.addEventListener("pointerdown", (event) => { gathering = event.shiftKey || event.altKey; });

offers.addEventListener("click", (event) => {
  const offer = event.target.closest("[data-offer]");
  if (offer) mark({ ...fromPanel(), themes: [offer.dataset.offer] });
});

panel.querySelector("[data-similar]").addEventListener("click", suggest);

root.addEventListener("click", (event) => {
  const piece = event.target.closest(".marked");
  if (piece && getSelection().isCollapsed) {
    const keys = piece.dataset.marks.split(" ").map(Number);
    current = keys[(keys.indexOf(current) + 1) % keys.length];
    light(current, true);
    return;
  }
  const note = event.target.closest("[data-mark]");
  if (note) { current = Number(note.dataset.mark); light(current, false); }
  else if (event.target.closest(".sentence")) stand(null);
});

root.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-mark-edit], [data-travel]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.travel) { travel(form.dataset.travel); return; }
  const note = form.closest("[data-mark]");
  const data = new FormData(form, event.submitter);
  data.delete("csrfmiddlewaretoken");
  const values = {};
  for (const name of new Set(data.keys())) values[name] = data.getAll(name).length > 1 ? data.getAll(name) : data.get(name);
  send(form.getAttribute("action"), { ...passagesFor(Number(note.dataset.start), Number(note.dataset.end)), ...values });
});

document.body.addEventListener("marked", (event) => {
  said.textContent = event.detail.said;
  const key = event.detail.mark ?? null;
  if (key !== null) current = key;
  light(key, false);
  if (hereAt !== null) text().querySelector(`.sentence[data-start="${hereAt}"]`)?.classList.add("is-here");
  // Who is quick has already chosen the next words: those stay chosen.
  if (chosen === sent || chosen?.collapsed || (chosen && !text().contains(chosen.startContainer))) {
    getSelection().removeAllRanges();
    chosen = null;
    show();
  }
  sent = null;
});

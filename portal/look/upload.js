// Files go out in pieces, with what has gone shown, and go on by themselves after the line dropped (tus 1.0).
// Without this file the same form sends them at once.
"use strict";

const PIECE = 256 * 1024;
const LONGEST_WAIT = 30;

class Ended extends Error {}
class Unasked extends Error {}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
    const button = event.submitter;
    if (!files.length || ["nanti", "buang"].includes(button?.name) || form.dataset.sending) return;
    event.preventDefault();
    form.dataset.sending = "yes";
    send(form, files, button);
  });
}

async function send(form, files, button) {
  const shown = form.querySelector("[data-progress]");
  const bar = shown.querySelector("progress");
  const words = shown.querySelector("[data-words]");
  const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
  const buttons = [...form.querySelectorAll("button")];
  const say = (text) => { if (words.textContent !== text) words.textContent = text; };
  shown.hidden = false;
  buttons.forEach((each) => { each.disabled = true; });
  let before = 0;
  const ids = [];
  try {
    for (const file of files) {
      ids.push(await one(form, file, {
        gone: (bytes) => {
          const percent = Math.floor(100 * (before + bytes) / total);
          bar.value = percent;
          say(`${form.dataset.sendingWords} ${percent - percent % 10} %`);
        },
        stopped: () => say(form.dataset.stoppedWords),
      }));
      before += file.size;
    }
  } catch (error) {
    buttons.forEach((each) => { each.disabled = false; });
    delete form.dataset.sending;
    if (error instanceof Ended) {
      say(form.dataset.endedWords);
      const link = document.createElement("a");
      link.href = `/masuk?kembali=${encodeURIComponent(location.pathname)}`;
      link.textContent = form.dataset.signInWords;
      words.append(" ", link);
      return;
    }
    add(form, button);
    form.submit(); // as without a script: the page that answers says what is wrong
    return;
  }
  form.querySelectorAll("input[type=file]").forEach((field) => { field.disabled = true; });
  hidden(form, "unggahan", ids.join(" "));
  add(form, button);
  form.submit();
}

function add(form, button) {
  if (button?.name) hidden(form, button.name, button.value);
}

function hidden(form, name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}

async function one(form, file, told) {
  const known = `unggah ${new URL(form.action).pathname} ${file.name} ${file.size} ${file.lastModified}`;
  let place = remembered(known);
  let offset = null;
  for (let failed = 0; ;) {
    try {
      if (place && offset === null) {
        const answer = await ask(form, "HEAD", place);
        if (answer.status === 404) place = null;
        else offset = Number(must(answer, 200).headers.get("Upload-Offset"));
      }
      if (!place) {
        const answer = must(await ask(form, "POST", form.dataset.upload, { "Upload-Length": file.size }), 201);
        place = answer.headers.get("Location");
        offset = 0;
        remember(known, place);
      }
      told.gone(offset);
      if (offset >= file.size) {
        forget(known);
        return place.split("/").pop();
      }
      const piece = await file.slice(offset, offset + PIECE).arrayBuffer();
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset };
      if (window.crypto?.subtle) headers["Upload-Checksum"] = `sha256 ${await digest(piece)}`;
      const answer = await ask(form, "PATCH", place, headers, piece);
      if (answer.status === 409 || answer.status === 460) throw new Error("again");
      offset = Number(must(answer, 204).headers.get("Upload-Offset"));
      failed = 0;
    } catch (error) {
      if (error instanceof Ended || error instanceof Unasked) throw error;
      offset = null;
      failed += 1;
      told.stopped();
      await pause(Math.min(LONGEST_WAIT, 2 ** (failed - 1)));
    }
  }
}

async function ask(form, method, url, headers = {}, body = undefined) {
  const mark = form.querySelector("[name=tanda]").value;
  const all = { "Tus-Resumable": "1.0.0", "Ptsp-Tanda": mark, ...headers };
  const answer = await fetch(url, { method, headers: all, body, credentials: "same-origin" });
  if (answer.status === 401 || answer.status === 403) throw new Ended();
  if (answer.status === 429 || (answer.status >= 500 && answer.status !== 507)) throw new Error("away");
  return answer;
}

function must(answer, status) {
  if (answer.status !== status) throw new Unasked();
  return answer;
}

async function digest(piece) {
  const bytes = new Uint8Array(await window.crypto.subtle.digest("SHA-256", piece));
  return btoa(String.fromCharCode(...bytes));
}

// The seconds go by, or the line is said to be back.
function pause(seconds) {
  return new Promise((done) => {
    const timer = setTimeout(done, seconds * 1000);
    window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
  });
}

// Private windows may have no memory: then a page that is loaded anew begins again.
function remembered(name) { try { return localStorage.getItem(name); } catch { return null; } }
function remember(name, place) { try { localStorage.setItem(name, place); } catch { /* begins again */ } }
function forget(name) { try { localStorage.removeItem(name); } catch { /* nothing is there */ } }

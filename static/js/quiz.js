// One question of a quiz: each change is sent behind the page, the newest wins, nothing is lost without a network.
//
// A change becomes a parcel with its own id and number. One parcel travels at a time; it is sent again, unchanged, until the
// server has it, and the server records an id once. A change made meanwhile waits and goes next. The form's own id and number
// move on as soon as a parcel is made, so pressing Next can never be taken for a repeat of it.
import { newId } from "./ids.js";

const GIVE_UP_AFTER = 30000; // ms one request may take
const LONGEST_PAUSE = 30; // s between tries
const TYPING_PAUSE = 1500; // ms after the last letter
const OWN = ["csrf_token", "entry_id", "sequence"];

function answerOf(form) {
  return Array.from(new FormData(form)).filter(([name, value]) => !OWN.includes(name) && typeof value === "string");
}

function fill(form, answer) {
  for (const input of form.elements) {
    if (!input.name || OWN.includes(input.name) || input.type === "submit") continue;
    const values = answer.filter(([name]) => name === input.name).map(([, value]) => value);
    if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
    else if (values.length) input.value = values[0];
  }
}

// Private windows and full phones refuse storage; the page must go on without it.
function storage(key) {
  const name = `answer:${key}`;
  const attempt = (action) => {
    try {
      return key ? action() : null;
    } catch (refused) {
      return null;
    }
  };
  return {
    read: () => attempt(() => JSON.parse(localStorage.getItem(name))),
    write: (parcel) => attempt(() => localStorage.setItem(name, JSON.stringify(parcel))),
    clear: () => attempt(() => localStorage.removeItem(name)),
  };
}

function sign(state) {
  return (kind, time) => {
    if (!state) return;
    state.classList.remove("is-sending", "is-saved", "is-waiting");
    state.classList.add(`is-${kind}`);
    state.textContent = (state.dataset[`text${kind[0].toUpperCase()}${kind.slice(1)}`] || "").replace("%s", time || "");
  };
}

async function post(url, form, parcel) {
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("entry_id", parcel.entry);
  body.append("sequence", parcel.sequence);
  parcel.answer.forEach(([name, value]) => body.append(name, value));
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP_AFTER);
  try {
    return await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

// A refusal (signed out, attempt over) will not change by asking again; Next shows the person why.
const isPassing = (status) => status >= 500 || status === 429 || status === 408;

export function keepAnswers(form) {
  const kept = storage(form.dataset.keep);
  const say = sign(document.querySelector("[data-save-state]"));
  const { entry_id: entry, sequence } = form.elements;
  let travelling = null;
  let changed = false; // since the parcel on its way was made
  let tries = 0;
  let timer = 0;
  let typing = 0;
  let isOnItsWay = false;

  function parcel() {
    const made = { entry: entry.value, sequence: Number(sequence.value), answer: answerOf(form) };
    entry.value = newId();
    sequence.value = made.sequence + 1;
    return made;
  }

  function retry() {
    say("waiting");
    tries += 1;
    clearTimeout(timer);
    timer = setTimeout(send, 1000 * Math.min(LONGEST_PAUSE, 2 ** tries));
  }

  function refused() {
    travelling = null;
    say("waiting");
  }

  function arrived(reply) {
    sequence.value = Math.max(Number(sequence.value), reply.sequence + 1);
    travelling = null;
    tries = 0;
    if (changed) {
      start();
      return;
    }
    if (reply.next_entry_id) entry.value = reply.next_entry_id;
    kept.clear();
    say("saved", reply.saved_at);
  }

  async function send() {
    if (isOnItsWay) return;
    isOnItsWay = true;
    clearTimeout(timer);
    say("sending");
    const next = await outcome();
    isOnItsWay = false;
    next();
  }

  async function outcome() {
    try {
      const reply = await post(form.dataset.saveUrl, form, travelling);
      if (isPassing(reply.status)) return retry;
      if (!reply.ok || reply.redirected) return refused;
      const receipt = await reply.json();
      return () => arrived(receipt);
    } catch (unreachable) {
      return retry;
    }
  }

  function start() {
    changed = false;
    travelling = parcel();
    kept.write(travelling);
    send();
  }

  function onChange() {
    clearTimeout(typing);
    if (!travelling) start();
    else {
      changed = true;
      kept.write({ entry: newId(), sequence: Number(sequence.value), answer: answerOf(form) });
    }
  }

  form.addEventListener("change", onChange);
  form.addEventListener("input", (event) => {
    if (event.target.type === "radio" || event.target.type === "checkbox") return;
    clearTimeout(typing);
    typing = setTimeout(onChange, TYPING_PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(typing));
  addEventListener("online", () => travelling && tries && send());

  const left = kept.read();
  if (left && left.sequence >= Number(sequence.value)) {
    fill(form, left.answer);
    travelling = left;
    sequence.value = left.sequence + 1;
    entry.value = newId();
    send();
  } else kept.clear();
}

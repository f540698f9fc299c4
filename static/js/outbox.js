// Answers on their way from this phone to the server: the newest of each question, until the server has it.
//
// A change becomes a parcel with its own id and number. All parcels that wait travel together, one journey at a time, and are sent
// again unchanged until a receipt comes; the server records an id once. Where the phone allows it, parcels outlive the page.
import { newId } from "./ids.js";

const GIVE_UP_AFTER = 30000; // ms one request may take
const BETWEEN = 8000; // ms between two journeys while all goes well: on 2G each costs money and a second
const LONGEST_PAUSE = 30000; // ms between tries

// Private windows and full phones refuse storage; the page must go on without it.
function remembering(action) {
  try {
    return action();
  } catch (refused) {
    return null;
  }
}

// A place for each question, so that two tabs do not sweep each other's answers away.
function shelfFor(prefix) {
  const read = (key) => remembering(() => JSON.parse(localStorage.getItem(key)));
  return {
    all() {
      const keys = remembering(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) || [];
      const found = {};
      for (const key of keys) if (read(key)) found[key.slice(prefix.length)] = read(key);
      return found;
    },
    put: (number, parcel) => remembering(() => localStorage.setItem(prefix + number, JSON.stringify(parcel))),
    drop(number, parcel) {
      const kept = read(prefix + number);
      if (kept && kept.entry === parcel.entry) remembering(() => localStorage.removeItem(prefix + number));
    },
  };
}

// Not FormData: sent as parts, every field would cost a hundred bytes more.
export function fieldsOf(token, parcels) {
  const body = new URLSearchParams();
  body.append("csrf_token", token);
  for (const number of Object.keys(parcels)) {
    const parcel = parcels[number];
    body.append(`entry_id.${number}`, parcel.entry);
    body.append(`sequence.${number}`, parcel.sequence);
    body.append(`claimed_at.${number}`, parcel.at);
    parcel.answer.forEach(([name, value]) => body.append(name, value));
  }
  return body;
}

export async function post(url, body, keepalive) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP_AFTER);
  try {
    return await fetch(url, { method: "POST", body, keepalive, headers: { Accept: "application/json, text/html" }, signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

// A refusal (signed out, no such page) will not change by asking again.
export const isPassing = (status) => status >= 500 || status === 429 || status === 408;

export const pauseAfter = (tries) => Math.min(LONGEST_PAUSE, 1000 * 2 ** tries);

// `tell(number, state, time)` is called with "phone", "sending", "saved", "late" or "refused"; `lost(number, sequence)` when another
// page had sent a newer answer, so that the one given here must go once more under a larger number.
export function outbox(url, keep, token, tell, lost) {
  const shelf = shelfFor(`answers:${keep}:`);
  const waiting = shelf.all();
  const made = { ...waiting };
  let isTravelling = false;
  let isRefused = false;
  let isHeld = false;
  let tries = 0;
  let earliest = 0;
  let timer = 0;

  const numbers = () => Object.keys(waiting);

  function plan() {
    clearTimeout(timer);
    if (!isTravelling && !isRefused && !isHeld && numbers().length) timer = setTimeout(send, Math.max(0, earliest - Date.now()));
  }

  function put(number, sequence, answer) {
    made[number] = waiting[number] = { entry: newId(), sequence, answer, at: Date.now() };
    shelf.put(number, waiting[number]);
    tell(number, "phone");
    plan();
  }

  function arrived(sent, receipts) {
    tries = 0;
    earliest = Date.now() + BETWEEN;
    for (const receipt of receipts) {
      const { number } = receipt;
      shelf.drop(number, sent[number]);
      if (!waiting[number] || waiting[number].entry !== sent[number].entry) continue;
      delete waiting[number];
      if (receipt.sequence > sent[number].sequence && !receipt.is_late) lost(number, receipt.sequence);
      else tell(number, receipt.is_late ? "late" : "saved", receipt.saved_at);
    }
  }

  function failed(state) {
    isRefused = state === "refused";
    tries += 1;
    earliest = Date.now() + pauseAfter(tries);
    numbers().forEach((number) => tell(number, state));
  }

  async function send(keepalive = false) {
    const sent = { ...waiting };
    isTravelling = true;
    Object.keys(sent).forEach((number) => tell(number, "sending"));
    try {
      const reply = await post(url, fieldsOf(token, sent), keepalive);
      if (reply.ok && !reply.redirected) arrived(sent, (await reply.json()).receipts);
      else failed(isPassing(reply.status) ? "phone" : "refused");
    } catch (unreachable) {
      failed("phone");
    }
    isTravelling = false;
    plan();
  }

  addEventListener("online", () => {
    earliest = 0;
    plan();
  });
  // The page may never come back from here: what waits leaves now, under the same ids as before.
  addEventListener("pagehide", () => !isRefused && numbers().length && send(true));
  document.addEventListener("visibilitychange", () => document.hidden && !isRefused && !isTravelling && numbers().length && send(true));

  return {
    put,
    plan,
    // While handing in carries everything, nothing travels beside it on the same thin line.
    hold(isHolding) {
      isHeld = isHolding;
      plan();
    },
    waiting: () => ({ ...waiting }),
    // All that was answered here, confirmed or not: handing in carries it.
    made: () => ({ ...made }),
    clear: () => {
      clearTimeout(timer);
      isRefused = true;
      for (const number of numbers()) {
        shelf.drop(number, waiting[number]);
        delete waiting[number];
      }
    },
  };
}

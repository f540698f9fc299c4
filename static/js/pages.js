// All questions of a quiz in one document, shown one at a time: no network between two questions, Back is the question before, the
// last check and handing in happen in place.
import { fieldsOf, isPassing, pauseAfter, post } from "./outbox.js";

const LAST = "last";

// The result came in the reply: it takes the place of the questions, under its own address.
function showInstead(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  history.replaceState(null, "", address);
  document.title = page.title;
  document.body.replaceWith(page.body);
  scrollTo(0, 0);
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

export function turnPages(form, { box, isAnswered, settleAll, numbers }) {
  const one = (selector) => document.querySelector(selector);
  const lastCheck = one("[data-last]");
  const parts = { onward: one("[data-onward]"), next: one("[data-next]"), previous: one("[data-previous]"), handIn: one("[data-hand-in]") };
  const says = one("[data-handing-in]");
  const nextWords = parts.next.textContent;
  const open = () => numbers.filter((number) => !isAnswered(number));

  function list(selector, found) {
    one(`[data-${selector}]`).hidden = !found.length;
    const words = one(`[data-${selector}-words]`);
    words.textContent = words.dataset[`${selector}Words`].replace("%s", found.join(", "));
  }

  function look() {
    list("open", open());
    list("unsent", Object.keys(box.waiting()));
    one("[data-complete]").hidden = open().length > 0;
  }

  function show(place) {
    const at = place === LAST ? numbers.length : numbers.indexOf(place);
    const isLast = place === LAST;
    for (const section of form.querySelectorAll("[data-question]")) section.hidden = section.dataset.question !== place;
    lastCheck.hidden = !isLast;
    parts.handIn.hidden = !isLast;
    parts.onward.hidden = isLast;
    parts.previous.hidden = at === 0;
    const next = numbers[at + 1];
    parts.next.href = next ? `#question-${next}` : "#last-check";
    parts.next.textContent = next ? nextWords : parts.next.dataset.textLast;
    if (at > 0) parts.previous.firstElementChild.href = `#question-${numbers[at - 1]}`;
    if (isLast) look();
  }

  const placeIn = (hash) => (hash === "#last-check" ? LAST : numbers.find((number) => hash === `#question-${number}`));

  function turn() {
    // Back from the result: what stands here is not the quiz any more.
    if (!form.isConnected) return location.reload();
    const place = placeIn(location.hash);
    if (!place) return null;
    settleAll();
    show(place);
    scrollTo(0, 0);
    one(`#heading-${place}`).focus({ preventScroll: true });
    return null;
  }

  const first = placeIn(location.hash) || open()[0] || LAST;
  history.replaceState(null, "", `${form.dataset.whole}#${first === LAST ? "last-check" : `question-${first}`}`);
  show(first);
  addEventListener("hashchange", turn);
  form.addEventListener("told", look);

  let isHandingIn = false;
  let tries = 0;
  let timer = 0;

  function say(state) {
    says.textContent = says.dataset[`text${state}`];
    says.className = state === "Sending" ? "note note--plain" : "note note--warn";
    scrollTo(0, 0);
  }

  function again() {
    tries += 1;
    say("Waiting");
    timer = setTimeout(handIn, pauseAfter(tries));
  }

  async function handIn() {
    if (isHandingIn) return;
    clearTimeout(timer);
    settleAll();
    isHandingIn = true;
    box.hold(true);
    say("Sending");
    const body = fieldsOf(form.elements.csrf_token.value, box.made());
    body.append("entry_id", form.elements.entry_id.value);
    body.append("in_place", "y");
    try {
      const reply = await post(form.action, body);
      if (reply.ok && !reply.redirected) {
        const result = await reply.text();
        box.clear();
        showInstead(result, form.action.replace(/\/submission$/, ""));
      } else if (isPassing(reply.status)) again();
      else say("Refused");
    } catch (unreachable) {
      again();
    }
    isHandingIn = false;
    box.hold(false);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The key Enter in a field sends a form: that is not the wish to hand in.
    if (!lastCheck.hidden) handIn();
    else parts.next.click();
  });
  addEventListener("online", () => tries && form.isConnected && handIn());
}

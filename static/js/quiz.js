// Questions of a quiz, one or all of them on the page: each change is kept on the phone and saved behind the page, and three states
// of an answer are told apart: on this phone, sending, saved.
import { outbox } from "./outbox.js";
import { turnPages } from "./pages.js";

const TYPING_PAUSE = 1500; // ms after the last letter

const isChoice = (input) => input.type === "radio" || input.type === "checkbox";
const isOurs = (name, number) => name === `answer-${number}` || name.startsWith(`answer-${number}.`);

function controlsOf(box, number) {
  return Array.from(box.querySelectorAll("input, select, textarea")).filter((input) => input.type !== "image" && isOurs(input.name, number));
}

function answerOf(controls) {
  return controls.filter((input) => !isChoice(input) || input.checked).map((input) => [input.name, input.value]);
}

function fill(controls, answer) {
  for (const input of controls) {
    const values = answer.filter(([name]) => name === input.name).map(([, value]) => value);
    if (isChoice(input)) input.checked = values.includes(input.value);
    else input.value = values.length ? values[0] : "";
  }
}

export function keepAnswers(form) {
  const boxes = {};
  for (const box of form.querySelectorAll("[data-question]")) boxes[box.dataset.question] = box;
  const hidden = (name, number) => form.elements[`${name}.${number}`];
  const isAnswered = (number) => answerOf(controlsOf(boxes[number], number)).some(([, value]) => value.trim());

  function tell(number, state, time) {
    const line = boxes[number] && boxes[number].querySelector("[data-save-state]");
    if (!line) return;
    line.className = `saved is-${state}`;
    line.textContent = form.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`].replace("%s", time || "");
    form.dispatchEvent(new CustomEvent("told"));
  }

  function keep(number) {
    const sequence = hidden("sequence", number);
    box.put(number, Number(sequence.value), answerOf(controlsOf(boxes[number], number)));
    sequence.value = Number(sequence.value) + 1;
    // What the form itself would send next is another change, or the same one once more under the same id.
    hidden("entry_id", number).value = box.waiting()[number].entry;
  }

  function lost(number, sequence) {
    hidden("sequence", number).value = sequence + 1;
    keep(number);
  }

  const typing = {};
  const settle = (number) => {
    clearTimeout(typing[number]);
    delete typing[number];
    keep(number);
  };
  const settleAll = () => Object.keys(typing).forEach(settle);
  // Before the outbox: on leaving, what was being typed must be in it when it leaves.
  addEventListener("pagehide", settleAll);

  const box = outbox(form.dataset.saveUrl, form.dataset.keep, form.elements.csrf_token.value, tell, lost);

  for (const [number, parcel] of Object.entries(box.waiting())) {
    if (!boxes[number]) continue;
    fill(controlsOf(boxes[number], number), parcel.answer);
    hidden("sequence", number).value = Math.max(Number(hidden("sequence", number).value), parcel.sequence + 1);
    tell(number, "phone");
  }
  box.plan();

  const numberOf = (input) => input.closest("[data-question]").dataset.question;
  form.addEventListener("change", (event) => event.target.name && settle(numberOf(event.target)));
  form.addEventListener("input", (event) => {
    if (isChoice(event.target) || event.target.tagName === "SELECT") return;
    const number = numberOf(event.target);
    clearTimeout(typing[number]);
    typing[number] = setTimeout(settle, TYPING_PAUSE, number);
  });
  form.addEventListener("submit", settleAll);

  if (form.dataset.whole) turnPages(form, { box, isAnswered, settleAll, numbers: Object.keys(boxes) });
}

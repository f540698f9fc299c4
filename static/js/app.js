// On every page: a form is sent once, faults are announced, a sheet can be printed.
const AGAIN_AFTER = 10000; // ms: a stalled phone must be able to try again

const busy = new Set();

function release(form) {
  busy.delete(form);
  for (const control of form.elements) control.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (busy.has(form)) {
    event.preventDefault();
    return;
  }
  busy.add(form);
  // Not `disabled`: the name and value of the pressed button must still be sent.
  for (const control of form.elements) if (control.type === "submit") control.setAttribute("aria-disabled", "true");
  setTimeout(release, AGAIN_AFTER, form);
});

addEventListener("pageshow", () => busy.forEach(release));

const faults = document.querySelector("[data-error-summary]");
if (faults) faults.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Self-checks inside a lesson: the answer is looked at in place; without a network answer the page itself is asked.

function address(form, button) {
  const query = new URLSearchParams(new FormData(form));
  if (button && button.name) query.append(button.name, button.value);
  return `${form.action.split(/[?#]/)[0]}?${query}`;
}

async function show(form, url) {
  const reply = await fetch(url, { headers: { "X-Fragment": "checks" } });
  if (!reply.ok || reply.redirected) throw new Error(String(reply.status));
  const section = form.closest("[data-checks]");
  section.innerHTML = await reply.text();
  const feedback = section.querySelector("[data-feedback]");
  if (!feedback) return;
  feedback.tabIndex = -1;
  feedback.focus();
}

export function watchChecks() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-check-form]") || !form.closest("[data-checks]")) return;
    event.preventDefault();
    const url = address(form, event.submitter);
    show(form, url).catch(() => location.assign(url));
  });
}

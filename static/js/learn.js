// Pages where someone learns, with all that other pages have: answers of a quiz saved behind the page, self-checks answered in place.
import "./app.js";
import { watchChecks } from "./check.js";
import { keepAnswers } from "./quiz.js";
import { watchSpots } from "./spot.js";

const form = document.querySelector("[data-answers]");
if (form) keepAnswers(form);
// A quiz that can be shown in place comes in the reply itself: a redirect costs a second on 2G.
for (const start of document.querySelectorAll("[data-in-place]")) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "in_place", value: "y" });
  start.append(field);
}
watchChecks();
watchSpots();

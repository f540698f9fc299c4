// Pages where someone learns, with all that other pages have: answers of a quiz saved behind the page, self-checks answered in place.
import "./app.js";
import { watchChecks } from "./check.js";
import { keepAnswers } from "./quiz.js";
import { watchSpots } from "./spot.js";

const form = document.querySelector("[data-answer-form]");
if (form) keepAnswers(form);
watchChecks();
watchSpots();

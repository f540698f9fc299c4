// Pages where someone learns: answers of a quiz saved behind the page, self-checks answered in place.
import { watchChecks } from "./check.js";
import { keepAnswers } from "./quiz.js";
import { watchSpots } from "./spot.js";

const form = document.querySelector("[data-answer-form]");
if (form) keepAnswers(form);
watchChecks();
watchSpots();

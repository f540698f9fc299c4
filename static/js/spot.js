// A tap on the picture of a question chooses the place from the list below it; without this script the tap is sent.
function chosenBy(radios, x, y) {
  const holds = (radio) => {
    const [left, top, width, height] = radio.dataset.area.split(" ").map(Number);
    return x >= left && x < left + width && y >= top && y < top + height;
  };
  return radios.find((radio) => radio.dataset.area && holds(radio)) || radios.find((radio) => !radio.dataset.area);
}

export function watchSpots() {
  document.addEventListener("click", (event) => {
    const picture = event.target;
    if (!picture.matches("[data-spot]")) return;
    event.preventDefault();
    const radios = Array.from(picture.closest("fieldset").querySelectorAll("[data-area]"));
    const radio = chosenBy(radios, event.offsetX, event.offsetY);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

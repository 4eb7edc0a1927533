// Steps: the sentence of each, the buttons, and playing one after another.

/** Puts a sentence into the bar, where screen readers hear of it. */
function say(text) {
  if (find("sentence").dataset.text === text) return;
  find("sentence").dataset.text = text;
  find("sentence").replaceChildren(element("span", {}, ...withVersions(text)));
  find("sentence").classList.toggle("long", text.length > 110);
}

/** The steps to stop at: all of a closed box is one step. */
let stops = [];

/** For each step the node that is computed, or that a derivative comes back from. */
const subjects = page.steps.map(() => null);
recording.valueSteps.forEach((number, node) => number > 0 && (subjects[number] = node));
for (const { to, step: number } of page.edges) if (number > 0) subjects[number] ??= to;

/** The outermost closed box that a step is in; null for a step of its own. */
function boxOfStep(number) {
  const node = subjects[number] ?? null;
  if (node === null) return null;
  return recording.foldsAround(node).find((fold) => !opened.includes(fold)) ?? null;
}

/** Finds the steps to stop at for the boxes that are open. */
function findStops() {
  const boxes = page.steps.map((_, number) => boxOfStep(number));
  stops = [...boxes.keys()].filter((number) => {
    const isBack = number >= firstBack;
    return boxes[number] === null || boxes[number] !== boxes[number + 1] || isBack !== number + 1 >= firstBack;
  });
  find("step").max = stops.length - 1;
}

const firstBack = recording.derivativeSteps[recording.outputNode];

/** The place of a step among those to stop at. */
function stopOf(number) {
  const place = stops.findIndex((stop) => stop >= number);
  return place < 0 ? stops.length - 1 : place;
}

/** The step that is `way` stops on. */
const stepOn = (way) => stops[Math.min(Math.max(stopOf(step) + way, 0), stops.length - 1)];

/** What is said of a step; a number that is a formula by itself is written once: `v = b = 3`. */
function saying(step) {
  const box = boxOfStep(step);
  if (box !== null) return figure.sayingOfFold(box, state, step > firstBack).at(-1);
  const terms = sentence(page.steps[step]).split(" = ");
  if (terms.length > 2 && terms[terms.length - 1] === terms[terms.length - 2]) terms.pop();
  return terms.join(" = ");
}

function show(step) {
  figure.show(step);
  say(nudge === null ? saying(step) : find("quotient").textContent);
  const position = phrase("position", { step: stopOf(step), last: stops.length - 1 });
  find("position").textContent = position;
  find("step").value = stopOf(step);
  find("step").setAttribute("aria-valuetext", position);
  for (const [id, isOff] of [["first", step === 0], ["back", step === 0],
    ["next", step === lastStep], ["last", step === lastStep]]) {
    // A button that is off keeps the focus, so that the keyboard does not lose its place.
    find(id).setAttribute("aria-disabled", String(isOff));
  }
  for (const input of inputs) input.reveal(step);
  showCard();
  showPaths();
  writeAddress();
}

/** Goes to a step; a nudge is over then. */
function walk(number) {
  step = stops[stopOf(number)];
  if (nudge === null) {
    show(step);
  } else {
    nudge = null;
    update();
  }
  view.reveal(figure.boxOfStep());
}

/** Goes to a step because the reader says so. */
function go(number) {
  play(false);
  walk(number);
}

const moves = { first: () => 0, back: () => stepOn(-1), next: () => stepOn(1), last: () => lastStep };
for (const [id, target] of Object.entries(moves)) {
  find(id).addEventListener("click", () => go(target()));
}
find("step").addEventListener("input", (event) => go(stops[Number(event.target.value)]));

// MARK: Playing

let nextStep = null;

/** Begins to go from step to step, from the first one again after the last, or stops. */
function play(isOn) {
  clearTimeout(nextStep);
  nextStep = null;
  if (isOn) {
    if (step === lastStep) walk(0);
    wait();
  }
  const isPlaying = nextStep !== null;
  find("play").classList.toggle("playing", isPlaying);
  for (const name of ["aria-label", "title"]) {
    find("play").setAttribute(name, phrase(isPlaying ? "pause" : "play"));
  }
}

/** Leaves time to read the sentence, then goes on. */
function wait() {
  nextStep = setTimeout(() => {
    walk(stepOn(1));
    if (step === lastStep) play(false);
    else wait();
  }, Math.min(1200 + 25 * find("sentence").textContent.length, 6000));
}

find("play").addEventListener("click", () => play(nextStep === null));

// MARK: Swiping

let touch = null;
for (const place of ["stage", "bar"]) {
  find(place).addEventListener("touchstart", (event) => {
    const isFree = event.target.closest("#figure") === null || view.isFitted;
    const isOwn = event.target.closest("input, button, .node.input") !== null;
    touch = isFree && !isOwn && event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  find(place).addEventListener("touchend", (event) => {
    if (touch === null) return;
    const [x, y] = ["clientX", "clientY"].map((axis) => event.changedTouches[0][axis] - touch[axis]);
    touch = null;
    if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) go(stepOn(x < 0 ? 1 : -1));
  }, { passive: true });
}

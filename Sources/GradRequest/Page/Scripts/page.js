// The page as a whole: how everything is written anew, and how it begins.

/** Computes and writes everything. */
function update() {
  state = compute(recording, given);
  const moved = movedNodes();
  figure.write(state, moved);
  figure.light(nudge?.node ?? chosen);
  showNudge(moved);
  for (const input of inputs) input.write();
  showFlips();
  show(step);
}

document.documentElement.classList.add("live");
find("sentence").textContent = "";
readAddress();
view.begin(figure.boxOfStep());

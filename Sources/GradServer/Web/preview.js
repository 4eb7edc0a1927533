// One program's page, drawn again whenever the file is saved.

import { address, showPrograms } from "./programs.js";
import { encoded } from "./share.js";

const find = (id) => document.getElementById(id);

/** Shows a page in place of the one before, at the same step and with the same inputs. */
function showPage(program, version) {
  const frames = find("frames");
  for (const late of frames.querySelectorAll(".coming")) late.remove();
  const old = frames.querySelector("iframe");
  const frame = document.createElement("iframe");
  frame.title = `The figure of ${program}`;
  const place = old?.contentWindow?.location.hash ?? location.hash;
  frame.src = `${address("page", program)}?version=${version}${place}`;
  frame.className = "coming";
  frame.addEventListener("load", () => {
    if (!frame.isConnected) return;
    const hadFocus = document.activeElement === old && old !== null;
    frame.className = "";
    old?.remove();
    if (hadFocus) frame.focus();
    document.documentElement.dataset.version = version;
  });
  frames.append(frame);
}

/** Says what is wrong, or worth a word, above the figure. */
function say(text, isWrong, isStale) {
  find("kind").textContent = isWrong ? "The program is wrong" : "Worth a word";
  find("words").textContent = text;
  find("stale").hidden = !isStale;
  find("mistake").className = isWrong ? "error" : "warning";
  find("mistake").hidden = text === "";
}

function follow(program) {
  document.title = `${program} – graphviz-grad`;
  find("name").textContent = program;
  find("back").hidden = false;
  find("frames").hidden = false;
  const state = find("state");
  let shown = 0;
  find("close").addEventListener("click", () => { find("mistake").hidden = true; });
  const events = new EventSource(`/events?program=${encodeURIComponent(program)}`);
  events.addEventListener("drawn", (event) => {
    const drawing = JSON.parse(event.data);
    say(drawing.text, false, false);
    state.textContent = "";
    if (drawing.version !== shown) showPage(program, drawing.version);
    shown = drawing.version;
  });
  events.addEventListener("mistake", (event) => {
    const drawing = JSON.parse(event.data);
    // After a visit elsewhere the last figure is still there.
    if (drawing.hasPage && shown === 0) showPage(program, drawing.version);
    shown = drawing.version;
    say(drawing.text, true, drawing.hasPage);
  });
  events.addEventListener("error", () => { state.textContent = "The server does not answer."; });
  events.addEventListener("open", () => { state.textContent = ""; });
  // The program goes along to the playground, as it is when the link is followed.
  find("edit").textContent = "Open in the playground";
  find("edit").addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(address("source", program));
    const letters = answer.ok ? await encoded(await answer.text()) : "";
    location.href = letters === "" ? "/playground" : `/playground#program=${letters}`;
  });
}

const parts = location.pathname.split("/").slice(1).map(decodeURIComponent);
if (parts[0] === "preview" && parts.length > 1) {
  follow(parts.slice(1).join("/"));
} else {
  showPrograms();
}

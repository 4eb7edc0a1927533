"""Uses the interactive page as its readers do, in Chromium: in a lecture hall, on a phone, by keys alone.

    apt-get install --no-install-recommends chromium fonts-liberation
    pip install playwright axe-playwright-python
    python3 Tests/Scripts/page_use.py .build/debug/graphviz-grad samples [TEST…]

The whole figure, the sentence and every button are in the window, whatever its size; steps, playing,
keys, swipes; choosing, nudging, dragging, typing and what is typed wrongly; looking closer, searching,
the address; conditions; paper, dark pages, less motion, 320 pixels; and axe, which finds nothing.
"""

import json
import sys
import tempfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from common import check, chromium, finish
from page_browser import SAMPLES, Page, compare, sets, tool

WIDE = "a = 1; b = a + 2; c = b * a; d = c - b; e = d * c; f = sin(e) + d; g = f * e; h = g / f; k = h + g"
FAN = "x = 2; " + "; ".join(f"y{i} = x**{i + 2}" for i in range(8)) + "; L = " + " + ".join(f"y{i}" for i in range(8))
AGAIN = "x = 2; " + "; ".join(f"y{i} = sin({f'y{i - 1}' if i else 'x'})" for i in range(4)) + "; L = y3*x"
SIZES = ((1280, 720), (1920, 1080), (844, 390), (390, 844), (320, 568))


def box(shown, selector):
    return shown.ask(
        """(selector) => {
          const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
          return { x, y, width, height, right: x + width, bottom: y + height };
        }""", selector)


def is_inside(inner, outer, slack=0.5):
    return (inner["x"] >= outer["x"] - slack and inner["y"] >= outer["y"] - slack
            and inner["right"] <= outer["right"] + slack and inner["bottom"] <= outer["bottom"] + slack)


def visible(shown, kind):
    return shown.ask(
        """(kind) => figure.parts.flatMap(({ group, lines }) =>
          group.classList.contains("later") ? [] : lines
            .map(({ element }) => element)
            .filter((text) => text.classList.contains(kind) && getComputedStyle(text).visibility === "visible")
            .map((text) => text.textContent))""", kind)


def window(browser, folder):
    """Nothing is wider or higher than the window, and the bar is always there."""
    programs = [*sorted(SAMPLES.glob("*.grad")), WIDE]
    for program in programs:
        for options in ((), ("--style", "circuit"), ("--direction", "down")):
            with Page(browser, folder, program, *options) as shown:
                for width, height in SIZES:
                    what = f"{program}, {options}, {width}×{height}"
                    shown.page.set_viewport_size({"width": width, "height": height})
                    shown.page.wait_for_timeout(50)
                    window = {"x": 0, "y": 0, "right": width, "bottom": height}
                    for step in (0, shown.ask("lastStep")):
                        shown.ask("(step) => go(step)", step)
                        for _ in range(40):  # The figure follows the window in its next frame.
                            stage = box(shown, "#stage")
                            if is_inside(box(shown, "#figure > svg"), stage):
                                break
                            shown.page.wait_for_timeout(50)
                        check(is_inside(box(shown, "#figure > svg"), stage), f"{what}: the figure is cut")
                        for name in ("sentence", "first", "back", "play", "next", "last", "step"):
                            check(
                                is_inside(box(shown, f"#{name}"), window),
                                f"{what}: {name} is outside: {box(shown, f'#{name}')}")
                    large = shown.ask(
                        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
                    check(large == [width, height], f"{what}: the page is {large} large")
                    filled = shown.ask(
                        "Math.max(...['Width', 'Height'].map((side) => (figure.svg.getBoundingClientRect()"
                        "[side.toLowerCase()] + 17) / find('figure')['client' + side]))")
                    scale = shown.ask("view.scale")
                    check(filled >= 1 or scale == 2.5, f"{what}: the figure is too small, {filled}")


def walk(browser, folder):
    with Page(browser, folder, SAMPLES / "lecture.grad") as shown:
        page = shown.page
        live = page.locator("#sentence")
        check(live.get_attribute("aria-live") == "polite", "the sentence is announced")
        check(shown.sentence() == "Given: a = 5, b = 3, c = 2.", shown.sentence())
        check(visible(shown, "value") == ["5", "3", "2"], "only inputs are known at first")
        check(visible(shown, "derivative") == [], "no derivative is known at first")
        # All edges are there, faintly, and no label, once nothing moves.
        shown.until("document.getAnimations().length === 0")
        opacities = shown.ask(
            """figure.parts.filter(({ kind }) => kind === "forward" || kind === "backward").map(({ group }) =>
              [getComputedStyle(group).visibility, Number(getComputedStyle(group).opacity)])""")
        check(
            len(opacities) == 10 and all(seen == "visible" and 0.2 <= faint <= 0.4 for seen, faint in opacities),
            f"edges at first: {opacities}")
        check(visible(shown, "partial") == [], "no label at first")
        page.keyboard.press("ArrowRight")
        check(shown.sentence() == "u = b·c = 3 · 2 = 6", shown.sentence())
        check(visible(shown, "value") == ["5", "3", "2", "6"], "u is known")
        page.click("#next")
        page.click("#next")
        check(visible(shown, "value") == ["5", "3", "2", "6", "11", "33"], "all values are known")
        page.click("#back")
        check(shown.sentence() == "v = a + u = 5 + 6 = 11", shown.sentence())
        page.focus("#step")
        page.keyboard.press("End")
        check(shown.sentence() == "dc = du · ∂u/∂c = 3 · 3 = 9", shown.sentence())
        check(page.inner_text("#position") == "Step 9 of 9", page.inner_text("#position"))
        derivatives = sorted(visible(shown, "derivative"))
        check(
            derivatives == ["dJ = 1", "da = 3", "db = 6", "dc = 9", "du = 3", "dv = 3"],
            f"{derivatives}")
        check(page.get_attribute("#next", "aria-disabled") == "true", "there is no next step")
        page.click("#first")
        check(shown.ask("step") == 0, "back at the start")
        page.click("#last")
        page.locator("body").press("Home")
        check(shown.ask("step") == 0, "Home goes to the start")
        # An arrow key in a field is the field's.
        page.focus("#inputs input[type=text]")
        page.keyboard.press("ArrowRight")
        check(shown.ask("step") == 0, "arrows in a field do not step")
        # What a remote control sends.
        page.focus("#next")
        page.keyboard.press("PageDown")
        page.keyboard.press("PageDown")
        page.keyboard.press("PageUp")
        check(shown.ask("step") == 1, "a remote control steps")


def progress(browser, folder):
    """Derivatives stand in the panel, and numbers on the card, when their steps have come."""
    with Page(browser, folder, SAMPLES / "lecture.grad") as shown:
        page = shown.page
        known = ["dJ", "dv", "da", "du", "db", "dc"]
        for step in range(10):
            shown.ask("(step) => go(step)", step)
            seen = [text for text in page.locator(".input .derivative").all_inner_texts() if text]
            wanted = [f"d{name}" for name in "abc" if f"d{name}" in known[:max(step - 3, 0)]]
            check([text.split(" ")[0] for text in seen] == wanted, f"step {step}: {seen}, not {wanted}")
        shown.ask("go(0)")
        page.locator("#figure [role=button]").nth(1).click()
        check(page.inner_text("#rule") == "db = du · ∂u/∂b", page.inner_text("#rule"))
        check(page.inner_text("#wait") == "Its numbers come with step 8.", page.inner_text("#wait"))
        check(page.inner_text("#paths") == "", "paths come later")
        shown.ask("choose(5)")
        check(page.inner_text("#name") == "J = 3·v", page.inner_text("#name"))
        page.keyboard.press("End")
        check(page.inner_text("#name") == "J = 3·v = 33", page.inner_text("#name"))
        check(page.inner_text("#rule") == "dJ = 1", page.inner_text("#rule"))


def playing(browser, folder):
    with Page(browser, folder, SAMPLES / "lecture.grad", clock=True) as shown:
        page = shown.page
        page.get_by_role("button", name="Play", exact=True).click()
        page.clock.run_for(2500)
        check(shown.ask("step") == 1, f"it plays: {shown.ask('step')}")
        page.get_by_role("button", name="Pause", exact=True).click()
        page.clock.run_for(20_000)
        check(shown.ask("step") == 1, "it pauses")
        page.locator("body").press("Space")
        page.clock.run_for(60_000)
        check(shown.ask("step") == 9, "it plays to the end")
        check(page.get_attribute("#play", "aria-label") == "Play", "it stops there")
        page.click("#play")
        check(shown.ask("step") == 0, "it begins again")
        page.clock.run_for(2500)
        page.keyboard.press("ArrowLeft")
        page.clock.run_for(20_000)
        check(shown.ask("step") == 0, "a step by hand ends it")


def keys(browser, folder):
    with Page(browser, folder, SAMPLES / "colah.grad") as shown:
        page = shown.page
        # One stop of Tab in the figure; arrows walk from node to node, as they are computed.
        stops = shown.ask("nodes.filter(({ group }) => group.getAttribute('tabindex') === '0').length")
        check(stops == 1, f"Tab stops at {stops} nodes")
        page.locator("#figure [role=button]").first.focus()
        names = []
        for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"):
            page.keyboard.press(key)
            names.append(shown.ask("page.shown[nodes.find(({ group }) => group === document.activeElement).node].name"))
        check(names == ["b", "c", "d", "e", "e", "d", "a", "e"], f"arrows walk {names}")
        check(shown.ask("step") == 0, "walking is no step")
        page.wait_for_timeout(300)
        outline = shown.ask("getComputedStyle(document.activeElement.querySelector('path')).strokeWidth")
        check(outline == "4px", f"the focus is seen: {outline}")
        label = shown.ask("document.activeElement.getAttribute('aria-label')")
        check(label.startswith("e = c·d"), f"a node says what it is: {label}")
        page.keyboard.press("Enter")
        check(shown.ask("chosen") == 4, "Enter chooses")
        page.keyboard.press("?")
        check(page.locator("#help").is_visible(), "? lists the keys")
        rows = page.locator("#help dt").count()
        check(rows >= 9, f"{rows} keys are listed")
        check(Axe().run(page).response["violations"] == [], "the list of keys is accessible")
        page.keyboard.press("ArrowRight")
        check(shown.ask("step") == 0, "keys wait below the list")
        page.keyboard.press("Escape")
        check(page.locator("#help").is_hidden(), "Escape closes the list")
        check(shown.ask("chosen") == 4, "and nothing else")
        page.click("#helper")
        page.click("#helped")
        check(page.locator("#help").is_hidden(), "so does its button")


def change(browser, folder):
    with Page(browser, folder, SAMPLES / "lecture.grad") as shown:
        page = shown.page
        page.keyboard.press("End")
        where = "[...figure.svg.querySelectorAll('.node text')].map((t) => [t.getAttribute('x'), t.getAttribute('y')])"
        places = shown.ask(where)
        # Typing
        field = page.get_by_label("Value of b", exact=True)
        field.fill("-1.25")
        compare(shown, {"b": -1.25}, "typing")
        check(visible(shown, "value")[1] == "−1.25", "the figure shows what was typed")
        for text, complaint in (
                ("abc", "“abc” is not a number; b stays −1.25."), ("1/0", "“1/0” is not a number; b stays −1.25."),
                ("1e400", "1e400 is too large for a number; b stays −1.25."),
                ("Infinity", "“Infinity” is not a number; b stays −1.25."),
                ("", "Type a number; b stays −1.25.")):
            field.fill(text)
            page.focus("#by")
            check(field.get_attribute("aria-invalid") == "true", f"'{text}' is no number")
            said = page.locator(f"#{field.get_attribute('aria-describedby')}")
            check(said.inner_text() == complaint, said.inner_text())
            check(field.input_value() == text, "what is wrong stays to be mended")
        compare(shown, {"b": -1.25}, "what is no number changes nothing")
        field.press("Escape")
        check(field.input_value() == "-1.25" and said.inner_text() == "", "Escape takes it back")
        field.fill("2,5")
        compare(shown, {"b": 2.5}, "a comma is a point")
        field.fill("3")
        # The slider, by keys
        page.get_by_label("Slider of c").focus()
        for _ in range(3):
            page.keyboard.press("ArrowUp")
        c = float(page.get_by_label("Value of c", exact=True).input_value())
        check(c > 2, f"the slider moves c to {c}")
        compare(shown, {"c": c}, "the slider")
        # Dragging the box of an input
        place = page.locator("#figure .node.input").nth(1).bounding_box()
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 3, steps=6)
        page.mouse.up()
        b = float(field.input_value())
        check(b > 3, f"dragging moves b to {b}")
        check(shown.ask("chosen") is None, "dragging is no choice")
        compare(shown, {"b": b, "c": c}, "dragging")
        check(places == shown.ask(where), "texts stay in their places")
        page.click("#reset")
        compare(shown, {}, "reset")


def large(browser, folder):
    """Whatever the numbers are, they stay in their boxes, and labels off them."""
    for program in sorted(SAMPLES.glob("*.grad")):
        for options in ((), ("--direction", "down"), ("--style", "record"), ("--precision", "12")):
            with Page(browser, folder, program, *options) as shown:
                shown.ask("go(lastStep)")
                for value in (1e6, -123456.789012, 1.23456789e-7, -9.87654321e300):
                    shown.ask(
                        "(value) => { inputs.forEach((input) => given.set(input.node, value)); startNudge(0); }",
                        value)
                    what = f"{program.name}, {options}, {value}"
                    out = shown.ask(
                        """figure.parts.flatMap(({ kind, box, lines }) => lines.filter((line) => {
                          if (kind !== "node" || line.room === null) return false;
                          const text = line.element.getBBox();
                          return text.x < box.x - 1 || text.x + text.width > box.x + box.width + 1
                            || text.width > line.room;
                        }).map(({ element }) => element.textContent))""")
                    check(out == [], f"{what}: outside their boxes: {out}")
                    over = shown.ask(
                        """figure.parts.filter(({ kind }) => kind === "label").flatMap(({ lines }) => lines.filter(
                          ({ element, width }) => {
                            const text = element.getBBox();
                            return text.width > width + 1 && nodes.some(({ box }) =>
                              Math.min(text.x + text.width, box.x + box.width) - Math.max(text.x, box.x) > 1
                              && Math.min(text.y + 11, box.y + box.height) - Math.max(text.y + 3, box.y) > 1);
                          }).map(({ element }) => element.textContent))""")
                    check(over == [], f"{what}: labels over boxes: {over}")


def choose(browser, folder):
    with Page(browser, folder, SAMPLES / "colah.grad") as shown:
        page = shown.page
        page.keyboard.press("End")
        node = page.locator("#figure [role=button]").nth(1)
        node.focus()
        page.keyboard.press("Enter")
        check(node.get_attribute("aria-pressed") == "true", "Enter chooses a node")
        check(
            page.inner_text("#rule").replace("\n", " ")
            == "db = dc · ∂c/∂b + dd · ∂d/∂b = 2 · 1 + 3 · 1 = 2 + 3 = 5", page.inner_text("#rule"))
        check(page.inner_text("#paths") == "db over 2 paths: 1·2 + 1·3 = 5", page.inner_text("#paths"))
        dim = shown.ask("figure.parts.filter(({ group }) => group.classList.contains('dim')).map(({ node, edge }) => node ?? edge)")
        check(len(dim) == 4, f"a and its edge are dim: {dim}")
        page.keyboard.press(" ")
        check(shown.ask("chosen") is None, "Space chooses no more")
        page.locator("#figure [role=button]").nth(2).click()
        check(page.inner_text("#name") == "c = a + b = 3", page.inner_text("#name"))
        page.keyboard.press("ArrowLeft")
        check(shown.ask("step") == shown.ask("lastStep") - 1, "after a click arrows step")
        page.keyboard.press("Escape")
        check(page.locator("#card").is_hidden(), "Escape lets go")
    # An input that is drawn again is the first one once more.
    with Page(browser, folder, AGAIN, "--repeat-inputs", "--inputs", "boxes") as shown:
        page = shown.page
        page.keyboard.press("End")
        copies = page.locator("#figure .node.repeated")
        check(copies.count() > 0, "an input is drawn again")
        copies.first.click()
        node = shown.ask("figure.copies()[0].node")
        check(shown.ask("chosen") == node, "a click on a copy chooses the input")
        check(page.locator("#figure .node.chosen").count() == 1 + shown.ask(
            "(node) => figure.copies().filter((copy) => copy.node === node).length", node),
            "the input and its copies are marked")
        copies.first.click()
        check(shown.ask("chosen") is None, "another click lets go")
        before = shown.ask("(node) => inputs.find(({ shown }) => shown === node).value", node)
        place = copies.first.bounding_box()
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 40, y, steps=4)
        page.mouse.up()
        after = shown.ask("(node) => inputs.find(({ shown }) => shown === node).value", node)
        check(after > before, f"a copy is dragged as the input: {before}, {after}")
    # The card stands beside its node and in the window, whatever that is.
    programs = [SAMPLES / f"{name}.grad" for name in ("logistic", "cs231n-neuron", "karpathy-neuron")]
    for program in [*programs, FAN]:
        with Page(browser, folder, program) as shown:
            shown.page.keyboard.press("End")
            for width, height in ((1280, 720), (390, 844)):
                shown.page.set_viewport_size({"width": width, "height": height})
                shown.page.wait_for_timeout(50)
                for node in shown.ask("nodes.map(({ node }) => node)"):
                    shown.ask("(node) => choose(node)", node)
                    card = box(shown, "#card")
                    what = f"{program}, {width}×{height}, node {node}: {card}"
                    check(is_inside(card, box(shown, "#stage")), f"{what}: the card is cut")
                    own = shown.ask("(node) => view.place(figure.boxOfNode(node))", node)
                    stage = box(shown, "#stage")
                    x, y = own["x"] + stage["x"], own["y"] + stage["y"]
                    gap = max(x - card["right"], card["x"] - x - own["width"],
                              y - card["bottom"], card["y"] - y - own["height"])
                    check(-2 < gap < 60, f"{what}: {gap} away from its node {own}")
            shown.page.get_by_role("button", name="Close").first.click()
            check(shown.page.locator("#card").is_hidden(), "its button closes the card")


def nudge(browser, folder):
    lecture = {
        "a": "ΔJ/Δa = 0.003 / 0.001 = 3, beside da = 3", "b": "ΔJ/Δb = 0.006 / 0.001 = 6, beside db = 6",
        "c": "ΔJ/Δc = 0.009 / 0.001 = 9, beside dc = 9",
    }
    with Page(browser, folder, SAMPLES / "lecture.grad") as shown:
        page = shown.page
        for name, text in lecture.items():
            page.get_by_role("button", name=f"Nudge {name}", exact=True).click()
            check(page.inner_text("#quotient") == text, page.inner_text("#quotient"))
            check(shown.sentence() == text, "the nudge is announced")
        rows = page.locator("#moves tr").all_inner_texts()
        check(
            rows == ["c\t2\t2.001\t0.001", "u\t6\t6.003\t0.003", "v\t11\t11.003\t0.003",
                     "J\t33\t33.009\t0.009"], f"{rows}")
        check("6 → 6.003" in visible(shown, "value"), "the figure shows before and after")
        # An intermediate is held at its moved value.
        shown.ask("choose(3)")
        page.click("#nudge")
        check(page.locator("#moves tr").all_inner_texts()[0] == "u\t6\t6.001\t0.001", "u moves")
        check(page.inner_text("#quotient") == "ΔJ/Δu = 0.003 / 0.001 = 3, beside du = 3", "as it should")
        for text in ("0", "abc", "", "1e400"):
            page.fill("#by", text)
            page.keyboard.press("Tab")
            check(page.get_attribute("#by", "aria-invalid") == "true", f"a nudge by '{text}' is none")
            check(page.inner_text("#by_fault") == "Type a number other than 0.", "and it is said")
    with Page(browser, folder, SAMPLES / "lab-network.grad") as shown:
        shown.page.get_by_role("button", name="Nudge w", exact=True).click()
        check("121 → 121.066009" in visible(shown, "value"), f"{visible(shown, 'value')}")


def looking(browser, folder):
    """Larger and smaller, by buttons, keys, the wheel, the mouse and two fingers."""
    with Page(browser, folder, SAMPLES / "logistic.grad", has_touch=True) as shown:
        page = shown.page
        whole = box(shown, "#figure > svg")
        page.click("#zoom_in")
        page.wait_for_timeout(400)
        check(box(shown, "#figure > svg")["width"] > 1.3 * whole["width"], "+ enlarges")
        # A step moves to what is new.
        for step in range(shown.ask("lastStep") + 1):
            shown.ask("(step) => go(step)", step)
            place = shown.ask("figure.boxOfStep() && view.place(figure.boxOfStep())")
            room = shown.ask("view.room")
            if place and place["width"] < room["width"] - 40 and place["height"] < room["height"] - 40:
                check(
                    place["x"] >= 0 and place["y"] >= 0 and place["x"] + place["width"] <= room["width"]
                    and place["y"] + place["height"] <= room["height"], f"step {step} is out of sight: {place}")
        page.locator("body").press("0")
        page.wait_for_timeout(400)
        check(box(shown, "#figure > svg") == whole, "0 shows the whole figure")
        page.mouse.move(500, 300)
        page.mouse.wheel(0, -400)
        check(shown.ask("view.scale / view.fitting") > 1.8, "the wheel enlarges")
        # Until the figure is higher than the window, and can be moved both ways.
        page.mouse.wheel(0, -400)
        start = shown.ask("[view.x, view.y]")
        # A press on an input moves its value; one on the paper moves the figure.
        x, y = shown.ask("""(() => {
          for (let y = 150; y < 500; y += 10) for (let x = 200; x < 700; x += 10)
            if (document.elementFromPoint(x, y)?.closest("#figure")
              && !document.elementFromPoint(x, y).closest("g")) return [x, y];
        })()""")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 40, y - 20, steps=4)
        page.mouse.up()
        moved = shown.ask("[view.x, view.y]")
        check(abs(start[0] - moved[0] - 40) < 2 and abs(start[1] - moved[1] - 20) < 2, f"{start} to {moved}")
        check(shown.ask("chosen") is None, "moving is no choice")
        page.locator("body").press("Shift+ArrowRight")
        check(shown.ask("view.x") != moved[0], "Shift and an arrow move the figure")
        check(shown.ask("step") == shown.ask("lastStep"), "and do not step")
        for _ in range(12):
            page.locator("body").press("-")
        check(shown.ask("view.isFitted"), "never smaller than the window")
        touch = page.context.new_cdp_session(page)
        for kind, gap in (("touchStart", 20), ("touchMove", 40), ("touchMove", 70), ("touchEnd", None)):
            points = [] if gap is None else [{"x": 450 - gap, "y": 300, "id": 0}, {"x": 450 + gap, "y": 300, "id": 1}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(100)
        check(shown.ask("view.scale / view.fitting") > 1.5, "two fingers enlarge")
    # On a phone one press makes the text readable.
    with Page(browser, folder, SAMPLES / "logistic.grad", viewport={"width": 390, "height": 844}) as shown:
        shown.page.click("#zoom_in")
        check(shown.ask("view.scale") >= 0.9, f"{shown.ask('view.scale')}")


def searching(browser, folder):
    with Page(browser, folder, SAMPLES / "logistic.grad") as shown:
        page = shown.page
        page.locator("body").press("/")
        page.keyboard.type("w")
        check(page.inner_text("#matches") == "2 found", page.inner_text("#matches"))
        check(page.locator(".node.found").count() == 2, "what is found is marked")
        for text in ("w2", "w_2", "w₂", "W2"):
            page.fill("#sought", text)
            check(page.locator(".node.found").count() == 1, f"'{text}' is found")
        page.keyboard.press("Enter")
        check(shown.ask("page.shown[chosen].name") == "w₂", "Enter goes there")
        page.fill("#sought", "x")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        check(shown.ask("page.shown[chosen].name") == "x₂", "Enter goes on")
        page.fill("#sought", "nowhere")
        check(page.inner_text("#matches") == "Nothing is named “nowhere”.", page.inner_text("#matches"))
        page.keyboard.press("Escape")
        check(page.locator(".node.found").count() == 0, "Escape ends the search")


def address(browser, folder):
    with Page(browser, folder, SAMPLES / "logistic.grad") as shown:
        shown.ask("go(5)")
        shown.page.get_by_label("Value of w₁", exact=True).fill("-0.125")
        shown.until("location.hash !== '' && location.hash.includes('w1')")
        link = shown.ask("location.hash")
        check(link == "#step=5&w1=-0.125", link)
    with Page(browser, folder, SAMPLES / "logistic.grad", address=link) as shown:
        check(shown.ask("step") == 5, "a link opens at its step")
        compare(shown, {"w1": -0.125}, "a link has its inputs")
        check(shown.page.get_by_label("Value of w₁", exact=True).input_value() == "-0.125", "and shows them")
        shown.ask("location.hash = '#step=99&b=2&w1=abc'")
        shown.until("step === lastStep")
        compare(shown, {"b": 2}, "another address in the same page")
        check("“abc” is not a number" in shown.page.inner_text("#inputs"), "what is wrong in it is said")
        shown.ask("location.hash = '#step=-3'")
        shown.until("step === 0")
        compare(shown, {}, "an address without inputs")
    with Page(browser, folder, "step = 2; y = step * step", address="#step=1&step=7") as shown:
        check(shown.ask("[step, state.values[0]]") == [1, 7], "an input may be called step")


def conditions(browser, folder):
    program = "x = 2; y = 3*x if x > 1 else x**2; z = where(y > 4, y, -y); w = relu(x) * z"
    with Page(browser, folder, program) as shown:
        page = shown.page
        check(page.inner_text("#notice") == "", "nothing to say yet")
        page.get_by_label("Value of x", exact=True).fill("-1")
        check("“x > 1” would turn out otherwise" in page.inner_text("#notice"), "the notice")
        # The recorded branch stays, where() follows its condition.
        values = shown.ask("state.values")
        check(values[:3] == [-1, -3, 3], f"{values}")
        check(
            shown.ask("figure.nodes()[0].group.classList.contains('faint')"),
            "what is behind a dead ReLU is faint")
        page.get_by_label("Value of x", exact=True).fill("5")
        check(page.inner_text("#notice") == "", "nothing to say any more")
        check(not shown.ask("figure.nodes()[0].group.classList.contains('faint')"), "alive again")
    hostile = 'x</script><b title="y"> = 2'
    with Page(browser, folder, "x = 1; y = x / 0", "--title", hostile) as shown:
        check(shown.page.inner_text("h1") == hostile, "titles are text")
        check(shown.page.locator(".node.begins").count() == 1, "where infinity begins is marked")


def media(browser, folder):
    for name in ("lecture", "cs231n-neuron", "logistic"):
        for scheme in ("light", "dark"):
            for width in (1280, 320):
                for language in ("en", "zh-Hant"):
                    with Page(
                            browser, folder, SAMPLES / f"{name}.grad", "--language", language,
                            viewport={"width": width, "height": 700}, color_scheme=scheme,
                            has_touch=width == 320) as shown:
                        medium(shown, f"{name}, {scheme}, {width} px, {language}", scheme, width)


def medium(shown, what, scheme, width):
    page = shown.page
    page.emulate_media(reduced_motion="reduce")
    # With the card, the nudge and a complaint; on a phone with the sheet pulled up.
    page.locator("#figure [role=button]").first.press("Enter")
    if width == 320:
        check(page.locator("#panes").is_hidden(), f"{what}: the sheet is down at first")
        page.click("#opener")
    page.locator("#inputs button").nth(1).click()
    page.locator("#inputs input[type=text]").first.fill("abc")
    check(shown.ask("document.documentElement.scrollWidth") <= width, f"{what}: the page scrolls to the side")
    found = Axe().run(page).response["violations"]
    check(found == [], f"{what}: {[(v['id'], v['nodes'][0]['html']) for v in found]}")
    motion = shown.ask(
        """[...document.querySelectorAll("*")].filter((one) =>
          !["0s", ""].includes(getComputedStyle(one).transitionDuration.replace(/(, )?0s/g, ""))).length""")
    check(motion == 0, f"{what}: {motion} things move")
    paper = shown.ask("getComputedStyle(document.body).backgroundColor")
    check(
        paper == ("rgb(15, 23, 42)" if scheme == "dark" else "rgb(255, 255, 255)"),
        f"{what}: the page is {paper}")
    if width == 320:
        swipe(shown, what)
    page.locator("body").press("Home")
    page.emulate_media(media="print")
    hidden = shown.ask(
        """[...figure.svg.querySelectorAll("text")]
          .filter((text) => getComputedStyle(text).visibility !== "visible").length""")
    check(hidden == 0, f"{what}: {hidden} texts are not printed")
    check(page.locator("#steps").is_hidden(), "buttons are not printed")
    seen = page.locator(".input .derivative").first
    check(seen.is_visible(), "derivatives are printed")
    check(page.locator("#rule").is_visible(), f"{what}: the chain rule is printed")
    ink = shown.ask("getComputedStyle(figure.svg.querySelector('text.title')).fill")
    check(ink == "rgb(17, 24, 39)", f"{what}: titles are printed {ink}")


def swipe(shown, what):
    """One finger over the sentence, to the left and to the right."""
    page = shown.page
    shown.ask("go(1)")
    place = page.locator("#sentence").bounding_box()
    touch = page.context.new_cdp_session(page)
    y = place["y"] + place["height"] / 2
    for start, end, wanted in ((220, 90, 2), (90, 220, 1)):
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": end, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        shown.until(f"step === {wanted}")
    check(shown.ask("step") == 1, f"{what}: a swipe steps")


def sheet(browser, folder):
    """The sheet of a phone follows the finger that pulls it."""
    with Page(browser, folder, SAMPLES / "logistic.grad", viewport={"width": 390, "height": 844}) as shown:
        page = shown.page
        # Small as the screen is, a part is seen at first.
        check(box(shown, "#figure > svg")["right"] > box(shown, "#stage")["right"], "the beginning, to be read")
        page.keyboard.press("0")
        handle = page.locator("#opener").bounding_box()
        x, y = handle["x"] + 100, handle["y"] + 20
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, y - 300, steps=5)
        page.mouse.up()
        check(page.locator("#panes").is_visible(), "pulled up")
        pulled = page.locator("#panel").bounding_box()["height"]
        check(abs(pulled - handle["height"] - 300) < 20, f"by 300, not {pulled}")
        page.wait_for_timeout(50)
        check(is_inside(box(shown, "#figure > svg"), box(shown, "#stage")), "the figure makes room")
        page.mouse.move(x, y - 300)
        page.mouse.down()
        page.mouse.move(x, y, steps=5)
        page.mouse.up()
        check(page.locator("#panes").is_hidden(), "pushed down")
        check(page.get_attribute("#opener", "aria-expanded") == "false", "and it is said")


def folded(browser, folder):
    """Boxes that stand for many nodes open, and whatever is open, every number is right."""
    lines = "".join(f"h{i} = sin(h{i - 1}) * w\n" for i in range(1, 201))
    program = Path(folder) / "chain.grad"
    program.write_text(f"x = 0.5\nw = 1.01\nh0 = x\n{lines}")

    def texts(values, what):
        """The numbers of all nodes that are drawn by themselves are those of the whole figure."""
        figure = json.loads(tool("render", program, "--max-nodes", "none", "-T", "json", "-o", "-", *sets(values)))
        wanted = {node["name"]: [row["text"] for row in node["rows"][1:]] for node in figure["nodes"]}
        found = shown.ask(
            """figure.parts.filter(({ kind }) => kind === "node").map(({ node, lines }) =>
              [page.shown[node].id, lines.slice(1).map(({ element }) => element.textContent)])""")
        for name, rows in found:
            for row, want in zip(rows, wanted[name]):
                ends = [text.split(" = ")[-1] for text in (row, want)]
                check(ends[0] == ends[1], f"{what}: {name} is '{row}', not '{want}'")
        return len(found)

    for options in ((), ("--style", "circuit"), ("--direction", "down")):
        with Page(browser, folder, program, *options) as shown:
            page = shown.page
            boxes = page.locator(".node.fold")
            few, steps = shown.ask("nodes.length"), shown.ask("stops.length")
            check(boxes.count() == 1 and few < 20, f"{options}: {few} nodes are drawn")
            box_text = boxes.first.get_attribute("aria-label")
            shown.ask("go(lastStep)")
            if not options:
                texts({}, "closed")
            # Enter opens what is chosen by keys, and all stays in the window.
            shown.ask("figure.buttons.get('fold 0').group.focus()")
            page.keyboard.press("Enter")
            check(shown.ask("opened") == [0], f"{options}: {shown.ask('opened')} is open")
            check(shown.ask("nodes.length") > few, f"{options}: there is nothing inside")
            inner = page.locator(".opened .node.fold").count()
            check(inner > 1, f"{options}: {inner} boxes inside")
            page.locator(".opened .node.fold").nth(1).click()
            check(len(shown.ask("opened")) == 2, f"{options}: a box in a box opens")
            check(shown.ask("stops.length") > steps, f"{options}: what is open has steps of its own")
            if not options:
                shown.give({"w": 0.9, "x": 1.5})
                check(texts({"w": 0.9, "x": 1.5}, "open") > 40, "the nodes inside are drawn")
                compare(shown, {"w": 0.9, "x": 1.5}, "open")
                label = shown.ask("figure.buttons.get('fold 0').group.getAttribute('aria-label')")
                check(label != box_text, "the box says the numbers of now")
            # The address holds what is open.
            shown.until("location.hash.includes(`open=${opened.join('.')}`)")
            address = shown.ask("location.hash")
            was = shown.ask("[opened, step, state.derivatives]")
            page.goto("about:blank")
            page.goto(shown.address + address)
            check(shown.ask("[opened, step, state.derivatives]") == was, f"{options}: {address}")
            # Steps lead through what is open, and past what is closed.
            shown.ask("go(0)")
            seen = []
            for _ in range(shown.ask("stops.length") - 1):
                shown.ask("shortcuts.ArrowRight()")
                seen.append(shown.sentence())
            check(shown.ask("step === lastStep") and all(seen), f"{options}: {len(seen)} steps")
            page.locator(".closer").first.click()
            check(shown.ask("opened") == [] and shown.ask("nodes.length") == few, f"{options}: closed again")
            check(shown.ask("stops.length") == steps, f"{options}: steps as at first")
            # A search finds what is in a box, and opens it.
            page.fill("#sought", "h99")
            check(page.locator(".node.found").count() == 1, f"{options}: the box of h99 is marked")
            page.keyboard.press("Enter")
            check(shown.ask("page.shown[chosen].id") == "h99", f"{options}: h99 is chosen")
            check(page.locator(".node.chosen").count() == 1, f"{options}: and is seen")
            seen = shown.ask("view.place(figure.boxOfNode(chosen))")
            room = shown.ask("view.room")
            check(-1 <= seen["x"] and seen["x"] + seen["width"] <= room["width"] + 1
                  and -1 <= seen["y"] and seen["y"] + seen["height"] <= room["height"] + 1,
                  f"{options}: h99 is at {seen}")


def main():
    tests = (folded, window, walk, progress, playing, keys, change, large, choose, nudge, looking, searching, address,
             conditions, media, sheet)
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for test in [test for test in tests if test.__name__ in sys.argv[3:] or not sys.argv[3:]]:
            test(browser, folder)
            print(f"{test.__name__} is as it should be", flush=True)
    finish("the use of the page")


main()

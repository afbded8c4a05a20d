"""The form and the map, as a reader uses them: with a pointer and with the keyboard."""
import json

from .messages import Messages


def check(browser, policies, expect):
    form(browser, policies, expect)
    filled_in(browser, policies, expect)
    scenarios(browser, policies, expect)
    outcome_map(browser, policies, expect)


def shown(page):
    """The decision that can be read beside the form."""
    outcome = page.locator(".answer-outcome").inner_text().strip()
    notes = page.locator(".answer-notes > li > a").all_inner_texts()
    return outcome, [note.strip() for note in notes], "Not sure" not in page.locator(".answer-label").first.inner_text()


def message_of(page):
    """The message that the form says it holds."""
    return page.locator(".json").text_content()


def agrees(policies, page, expect, words):
    want = policies.decide("rules", [message_of(page)])[0]
    outcome, notes, sure = shown(page)
    expect((outcome, notes, sure) == (want["outcome"], want["notes"], want["sure"]),
           f"{words}: the page shows {outcome}, {notes}, sure: {sure}, and `rulec decide` {want}")
    return want


def form(browser, policies, expect):
    page = browser.open(policies.page("rules"))
    page.get_by_label("Start from").select_option(label="nothing: no fact is filled in")
    want = agrees(policies, page, expect, "nothing filled in")
    expect(not want["sure"], "an empty message is sure")
    expect(page.locator(".needed:visible").count() == len(want["missing"]), "fields that are needed are not marked")
    page.locator(".to-field").first.click()
    expect(page.evaluate("document.activeElement.id").startswith("form-fact"), "no way from a missing fact to its field")

    page.get_by_label("purpose is", exact=True).select_option("complaint-response")
    page.get_by_label("classification is", exact=True).select_option("SECRET-or-above")
    agrees(policies, page, expect, "a secret paper")
    page.get_by_label("classification is", exact=True).select_option("OFFICIAL")
    agrees(policies, page, expect, "said, and the same as when not said")

    # With the keyboard alone.
    page.get_by_label("number of people named in the message is", exact=True).focus()
    page.keyboard.type("11")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    agrees(policies, page, expect, "typed numbers")
    page.get_by_label("personal-data", exact=True).focus()
    page.keyboard.press("Space")
    want = agrees(policies, page, expect, "a ticked box")
    expect("personal-data" in message_of(page), "a ticked box says nothing")
    number = page.get_by_label("number of people named in the message is", exact=True)
    number.fill("1.5")
    expect(number.get_attribute("aria-invalid") == "true", "half a person is accepted")
    expect("a whole number" in page.locator(".known .problem:visible").inner_text(), "no word about half a person")
    number.fill("3")
    agrees(policies, page, expect, "put right")
    page.get_by_label("recipient's address is", exact=True).fill("Pat@X.GOV.UK")
    agrees(policies, page, expect, "an address")
    page.get_by_label("recipient's address is: what is known").select_option(label="not known: it could not be looked up")
    agrees(policies, page, expect, "an address that could not be looked up")
    page.wait_for_timeout(700)
    status = page.locator(".answer [role=status]").text_content()
    expect(status.startswith("Not sure") or status.startswith("The decision is"), f"a screen reader hears `{status}`")
    page.context.close()


def filled_in(browser, policies, expect):
    """Messages as JSON, put in through the page, read off the page."""
    page = browser.open(policies.page("rules"))
    page.locator(".paste summary").click()
    for message in Messages(policies.data("rules"), 23).make(60):
        page.get_by_label("The message", exact=True).fill(message)
        page.get_by_role("button", name="Fill in", exact=True).click()
        want = policies.decide("rules", [message])[0]
        problem = page.locator(".paste .problem").inner_text()
        if "error" in want:
            expect(problem, f"the page takes a message that is rejected: {message}")
            continue
        expect(not problem, f"the page rejects a message: {problem}")
        agrees(policies, page, expect, "filled in from JSON")
        outcome, notes, sure = shown(page)
        expect((outcome, notes, sure) == (want["outcome"], want["notes"], want["sure"]),
               f"filled in as {outcome}, {notes}, {sure}; decided as {want} for {message}")
    page.context.close()


def scenarios(browser, policies, expect):
    page = browser.open(policies.page("rules"))
    chosen = page.get_by_label("Start from")
    for index in range(0, 160, 16):
        chosen.select_option(str(index))
        agrees(policies, page, expect, f"scenario {index}")
    scenario = page.locator("#scenario-a-secret-paper")
    scenario.locator("summary").click()
    scenario.get_by_role("button", name="Try this message").click()
    expect(shown(page)[0] == "refuse to send", "a scenario cannot be tried")
    expect(page.evaluate("document.activeElement.id") == "try", "the form is not shown when a message is tried")
    page.context.close()


def outcome_map(browser, policies, expect):
    page = browser.open(policies.page("rules"))
    for down, across in [("purpose is", "recipient prefers"), ("deadline is", "size of the attachments is"),
                         ("recipient's address is", "consent to plain email was"),
                         ("hour of the day is", "recipient has ruled out")]:
        page.get_by_label("Down", exact=True).select_option(label=down)
        page.get_by_label("Across", exact=True).select_option(label=across)
        every_cell(page, policies, expect, f"{down} by {across}")
    page.wait_for_timeout(300)
    cell = page.locator(".map td").first
    cell.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    place = page.evaluate("[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]")
    expect(place == [2, 2], f"arrow keys lead to {place}")
    words = page.locator(".map td:focus .cell-words").inner_text()
    expect(words in page.locator(".map-detail").inner_text(), "the cell's detail is another's")
    page.get_by_role("button", name="Fill this in above").click()
    expect(words == shown(page)[0], "the cell is filled in otherwise")
    page.get_by_label("Down", exact=True).select_option(label="purpose is")
    page.get_by_label("Across", exact=True).select_option(label="purpose is")
    expect("Pick two different facts" in page.locator("#outcome-map").inner_text(), "a fact against itself")
    page.context.close()


def every_cell(page, policies, expect, words):
    """Each cell's outcome, and the message that it stands for, filled in above."""
    page.wait_for_timeout(300)
    page.wait_for_selector(".map-table:not([aria-busy]) td")
    cells = page.locator(".map td")
    texts = [text.splitlines()[-1] for text in page.locator(".map td .cell-words").all_inner_texts()]
    kinds = cells.evaluate_all("cells => cells.map((cell) => cell.classList.contains('unsure'))")
    messages = page.evaluate("""() => {
      const { policy, form } = policyPage;
      const of = (id) => Number(document.getElementById(id).value);
      const states = (fact) => Axes.of(policy, policy.facts[fact], form.message.today);
      const [down, across] = [of("map-down"), of("map-across")];
      return states(down).flatMap((row) => states(across).map((column) => Messages.text(policy, {
        ...form.message, states: form.message.states.with(down, row.state).with(across, column.state) })));
    }""")
    wanted = policies.decide("rules", messages)
    expect(len(texts) == len(wanted), f"map of {words}: {len(texts)} cells for {len(wanted)} messages")
    for text, is_unsure, want, message in zip(texts, kinds, wanted, messages):
        expect((text, not is_unsure) == (want.get("outcome"), want.get("sure")),
               f"map of {words}: {text}, and `rulec decide` says {json.dumps(want)[:300]} of {message}")

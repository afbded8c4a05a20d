"""The document: its links, its text without a script, its print, its search."""
import re
from pathlib import Path


def check(browser, policies, expect):
    path = policies.page("rules")
    html = Path(path).read_text()
    links(html, expect)
    expect(html == Path(policies.page("rules", "--work-limit", "500000000")).read_text(),
           "the same policy gives other bytes the second time")
    without_script(browser, path, expect)
    on_paper(browser, path, expect)
    search(browser, path, expect)
    changes(browser, policies, expect)


def links(html, expect):
    ids = re.findall(r'\sid="([^"]*)"', html)
    expect(len(ids) == len(set(ids)), "an id stands twice")
    targets = set(re.findall(r'\shref="#([^"]*)"', html))
    expect(targets <= set(ids), f"links lead nowhere: {sorted(targets - set(ids))[:5]}")
    expect(not re.search(r'\s(?:href|src)="(?!#)', html), "something leads out of the page")
    expect(not re.search(r"\sstyle=|\son\w+=", html.split("<script")[0]), "a style or handler in line")


def without_script(browser, path, expect):
    page = browser.open(path, scripts=False)
    for words in ["Whoever was promised plain email gets it", "Proved."]:
        expect(page.get_by_text(words).first.is_visible(), f"without a script, no `{words}`")
    expect(not page.locator("#try").is_visible(), "without a script, an empty form is shown")
    expect(page.locator("button").count() == 0, "without a script, there are dead buttons")
    scenario = page.locator("details.scenario").first
    scenario.locator("summary").click()
    expect(scenario.locator(".decision").is_visible(), "without a script, a scenario stays folded")
    page.context.close()


def on_paper(browser, path, expect):
    page = browser.open(path, scripts=False)
    page.emulate_media(media="print")
    for hidden in ["#try", "#map", ".contents", ".search"]:
        expect(not page.locator(hidden).is_visible(), f"{hidden} is printed")
    expect(page.locator("details.scenario .decision").first.is_visible(), "scenarios are printed folded")
    expect(page.locator(".as-list li").first.is_visible(), "the list of overrides is printed folded")
    expect(len(page.pdf(format="A4")) > 100000, "the print is empty")
    page.context.close()


def search(browser, path, expect):
    page = browser.open(path)
    box = page.get_by_role("searchbox", name="Search the policy")
    box.fill("promised plain")
    first = page.locator(".search-list a").first
    expect("Whoever was promised plain email gets it" in first.inner_text(), "search finds another rule first")
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.url.endswith("#rule-whoever-was-promised-plain-email-gets-it"), "search leads elsewhere")
    box.fill("nothing says this at all")
    expect(page.locator(".search-count").inner_text() == "no places", "search finds what is not there")
    box.press("Escape")
    expect(not page.locator(".search-results").is_visible(), "Escape leaves the results open")
    box.fill("wormwood a.b*(")
    expect(page.locator(".search-list a").count() == 0, "search reads a pattern")
    for words, kind in [("font size", "fact"), ("consent note", "note"), ("gov.uk", "rule"),
                        ("sensitive information", "list"), ("deadline is near", "definition"),
                        ("A secret paper", "scenario"), ("large-print", "value")]:
        box.fill(words)
        kinds = page.locator(".search-list .kind").all_inner_texts()
        expect(kind in kinds, f"search for `{words}` finds no {kind}")
    page.goto(page.url.split("#")[0] + "#scenario-a-secret-paper")
    page.reload()
    expect(page.locator("#scenario-a-secret-paper .decision").is_visible(), "a link leaves its scenario folded")
    page.context.close()


def changes(browser, policies, expect):
    rules = (Path(__file__).parents[2] / "rules").rglob("*")
    files = {str(file.relative_to(Path(__file__).parents[2] / "rules")): file.read_text()
             for file in rules if file.suffix in (".rules", ".txt")}
    files["commitments.rules"] = files["commitments.rules"].replace(
        "then send plain with consent note\n  unless plain email is barred\n  because we promised",
        "then send plain\n  unless plain email is barred\n  because we promised")
    files["scenarios.rules"] = files["scenarios-by-rule.rules"] = ""
    old = policies.write("old", files)
    path = policies.page("rules", "--against", old)
    page = browser.open(path)
    expect(page.get_by_role("heading", name="What changed").is_visible(), "no chapter of changes")
    group = page.locator(".differences > li").first
    expect("gets consent note" in group.inner_text(), "the change is not said")
    group.get_by_role("button", name="Try this message").click()
    expect("consent note" in page.locator(".answer-notes").inner_text(), "a change cannot be tried")
    page.context.close()
    same = browser.open(policies.page("rules", "--against", "rules"))
    expect("Proved equal" in same.locator("#changes").inner_text(), "no proof that nothing changed")
    same.context.close()

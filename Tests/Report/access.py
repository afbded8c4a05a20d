"""Whether everybody can use the page: what axe finds, small windows, keyboard."""
from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


SMALL = """
fact recipient prefers: one of plain, sealed, if recorded
fact letter contains: any of health, money
fact number of pages is: number from 0
fact hearing is: date, if recorded
fact address is: text, if recorded
fact letter is urgent: yes or no

outcome send plain
outcome send sealed

note letter: "The hearing is on {hearing}."

section First
  overrides section Second

rule Families choose
  if the recipient prefers plain and the hearing is within 10 days
  then send plain with letter
  because we promised it

section Second

table By contents
  | letter contains | number of pages is | then        |
  | health          | at most 10         | send sealed |
  | money           |                    | send sealed |

otherwise send plain

when unsure send sealed

promise Health is never plain
  if the letter contains health
  never send plain

scenario A family
  given the recipient prefers plain
  expect send sealed
"""


def check(browser, policies, expect):
    for width, scheme in [(1280, "light"), (1280, "dark"), (390, "light")]:
        page = browser.open(policies.page("rules"), width, scheme=scheme)
        unfold(page)
        axe(page, expect, f"{scheme}, {width} wide")
        page.context.close()
    small(browser, policies, expect)
    reflow(browser, policies, expect)
    keyboard(browser, policies, expect)


def unfold(page):
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    page.get_by_label("Search the policy").fill("plain")
    page.locator(".map td").first.focus()


def small(browser, policies, expect):
    """A small policy with an error, and what changed in it, in every light."""
    policy, old = policies.write("small", {"small.rules": SMALL}), policies.write(
        "small-old", {"small.rules": SMALL.replace("send plain with letter", "send sealed")})
    path = policies.page(policy, "--against", old, errors=True)
    for width, scheme in [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]:
        page = browser.open(path, width, scheme=scheme)
        expect("is broken" in page.locator("#promises").inner_text(), "a broken promise is not shown")
        axe(page, expect, f"small, {scheme}, {width} wide")
        unfold(page)
        page.get_by_label("number of pages is", exact=True).fill("x")
        page.locator(".map td").first.focus()
        axe(page, expect, f"small, {scheme}, {width} wide, unfolded")
        page.context.close()


def axe(page, expect, words):
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    for violation in results.response["violations"]:
        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
        expect(False, f"{words}: {violation['id']}: {violation['help']}: {nodes}")


def reflow(browser, policies, expect):
    for width in [1280, 768, 390, 320]:
        page = browser.open(policies.page("rules"), width)
        widest = page.evaluate("document.documentElement.scrollWidth")
        expect(widest <= width, f"at a width of {width} the page is {widest} wide")
        page.context.close()


def keyboard(browser, policies, expect):
    page = browser.open(policies.page("rules"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip").evaluate("link => link.getBoundingClientRect().left >= 0"), "the skip link stays hidden")
    page.keyboard.press("Enter")
    expect(page.url.endswith("#main"), "the skip link leads elsewhere")
    for _ in range(40):
        page.keyboard.press("Tab")
        is_seen = page.evaluate("""() => {
          const focused = document.activeElement;
          if (focused === document.body) return true;
          const box = focused.getBoundingClientRect();
          const style = getComputedStyle(focused);
          return box.width > 0 && style.outlineStyle !== "none";
        }""")
        expect(is_seen, "the keyboard's place cannot be seen: " + page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    page.context.close()

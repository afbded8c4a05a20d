"""What the page decides and explains is what `rulec decide` does."""
from .messages import Messages

DECIDE = """
messages => messages.map((text) => {
  try {
    return { decision: policyPage.decide(text), rules: policyPage.explain(text) };
  } catch (error) {
    if (error.name === "MessageError") return { rejected: true };
    throw error;
  }
})
"""


def check(browser, policies, expect, count, random_count):
    total = compare(browser, policies, expect, "rules", examples(), 1)
    for seed in range(1, 3):
        total += compare(browser, policies, expect, "rules", None, seed, count // 2)
    fixtures = list(policies.fixtures())
    expect(len(fixtures) > 20, f"only {len(fixtures)} fixtures are policies without errors")
    for policy in fixtures:
        total += compare(browser, policies, expect, policy, None, 7, 60)
    made = 0
    for policy in policies.random(random_count):
        made += 1
        total += compare(browser, policies, expect, policy, None, 11, 200)
    expect(made > random_count / 4, f"only {made} of {random_count} random policies decide")
    return total


def examples():
    from .policies import ROOT
    text = (ROOT / "rules/examples/messages.ndjson").read_text()
    return [line for line in text.splitlines() if line]


def compare(browser, policies, expect, policy, messages, seed, count=0):
    messages = messages or Messages(policies.data(policy), seed).make(count)
    wanted = policies.decide(policy, messages)
    expect(len(wanted) == len(messages), f"{policy}: `rulec decide` refuses the policy")
    page = browser.open(policies.page(policy))
    found = page.evaluate(DECIDE, messages)
    page.context.close()
    for message, want, got in zip(messages, wanted, found):
        difference = differs(want, got)
        expect(not difference, f"{policy}: {difference}\n  {message}")
    return len(messages)


def differs(want, got):
    """In what two decisions differ; nothing if they are alike."""
    if "error" in want:
        is_alike = got.get("rejected") or got["decision"]["outcome"] is None
        return None if is_alike else f"rejected with {want['error']}, decided as {got}"
    if got.get("rejected"):
        return f"decided as {want['outcome']}, rejected by the page"
    decision = got["decision"]
    for key in ["outcome", "notes", "sure", "missing", "rules"]:
        if decision[key] != want.get(key, []):
            return f"{key} is {want.get(key)}, and on the page {decision[key]}"
    rules = [(rule["name"], rule["state"], rule.get("by"), rule.get("through", []))
             for rule in want["explanation"]["rules"]]
    shown = [(rule["name"], rule["state"], rule.get("by"), rule["through"]) for rule in got["rules"]]
    return None if rules == shown else f"explained by {rules}, and on the page by {shown}"

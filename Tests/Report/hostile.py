"""A policy whose every word tries to be markup or a script is shown as it is, and harms nobody."""
NASTY = "<script>window.harmed = 1</script><img src=x onerror=\"window.harmed = 1\"> & </script><!-- ]]> '`$(harmed)"


def check(browser, policies, expect):
    quoted = '"' + NASTY.replace('"', '\\"') + '"'
    policy = policies.write("hostile", {"hostile.rules": f"""
fact answer is: one of {quoted}, plain
fact contents are: any of {quoted}, plain, if recorded
fact letter is: text, if recorded

outcome {quoted}
outcome hold

note {quoted}: {quoted}
note letter note: "before {{letter}} after"

list nasty things: {quoted}

# {NASTY}

section {NASTY}

rule {NASTY}
  if the answer is {quoted} and the contents are not {quoted}
  then {quoted} with {quoted} and letter note
  because {NASTY}
  see {NASTY}

rule other {NASTY}
  if the letter is one of nasty things
  then hold
  overrides {NASTY}
  because {NASTY}

otherwise hold

when unsure hold

promise {NASTY}
  never {quoted}
  unless the answer is {quoted}

scenario {NASTY}
  given the answer is {quoted} and the contents are plain
  expect {quoted}
"""})
    path = policies.page(policy)
    expect(path is not None, "the hostile policy has errors")
    if path is None:
        return
    page = browser.open(path)
    expect(page.title() == "Policy: hostile", "the title is another")
    page.get_by_label("letter is", exact=True).fill(NASTY)
    expect(NASTY in page.locator(".answer").inner_text(), "a nasty value is not shown as it is")
    page.get_by_label("Search the policy").fill("<script>")
    expect(page.locator(".search-list a").count() > 0, "nasty words cannot be searched for")
    page.locator(".map td").first.focus()
    expect(page.locator("img").count() == 0, "an image came of it")
    expect(page.evaluate("window.harmed") is None, "a word of the policy was run")
    expect(page.locator("#rules h4").first.inner_text() == NASTY, "a name is not shown as it is")
    # What the page's own rules forbid stays forbidden.
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.harmed = 2";
      document.body.append(script);
    }""")
    expect(page.evaluate("window.harmed") is None, "the page runs a script that is not its own")
    browser.troubles = [trouble for trouble in browser.troubles if "Content Security Policy" not in trouble]
    page.context.close()

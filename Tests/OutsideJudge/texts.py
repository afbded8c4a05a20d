"""Which tests on one text can be true together, each with a text that shows it.

All patterns are followed at once, letter by letter; what they know of the text so far is a state,
and all states that can be reached are visited. Letters that no pattern holds are alike.
"""

TOO_MANY = 20000


class TooManyStates(Exception):
    pass


def passes(text, kind, pattern):
    """Whether a text passes a test: the definition."""
    text, pattern = folded(text), folded(pattern)
    if kind == "is":
        return text == pattern
    if kind == "starts with":
        return text.startswith(pattern)
    if kind == "ends with":
        return text.endswith(pattern)
    if kind == "contains":
        return pattern in text
    domain = text[text.rfind("@") + 1:]
    domain = domain[:-1] if domain.endswith(".") else domain
    return domain == pattern or domain.endswith("." + pattern)


def folded(text):
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


def longest_border(text, pattern):
    """How much of the pattern's beginning the text ends with."""
    return next(n for n in range(min(len(text), len(pattern)), -1, -1)
                if text.endswith(pattern[:n]))


class Follower:
    """What one test knows of the text so far, and what it knows after one more letter."""

    def __init__(self, kind, pattern):
        self.kind, self.pattern, self.memory = kind, folded(pattern), {}
        self.start = (0, 0, False) if kind == "in the domain" else 0

    def after(self, state, letter):
        key = (state, letter)
        if key not in self.memory:
            self.memory[key] = self.computed(state, letter)
        return self.memory[key]

    def grown(self, state, letter):
        """How much of the pattern's beginning has been read without a mistake; -1 after one."""
        fits = 0 <= state < len(self.pattern) and self.pattern[state] == letter
        return state + 1 if fits else -1

    def computed(self, state, letter):
        pattern = self.pattern
        if self.kind == "is":
            return self.grown(state, letter)
        if self.kind == "starts with":
            return state if state == len(pattern) else self.grown(state, letter)
        if self.kind == "contains" and state == len(pattern):
            return state
        if self.kind in ("contains", "ends with"):
            return longest_border(pattern[:state] + letter, pattern)
        if letter == "@":
            return self.start
        whole, below, _ = state
        return (self.grown(whole, letter),
                longest_border(("." + pattern)[:below] + letter, "." + pattern),
                letter == "." and self.is_domain(state))

    def is_domain(self, state):
        return state[0] == len(self.pattern) or state[1] == len(self.pattern) + 1

    def accepts(self, state):
        if self.kind == "in the domain":
            return self.is_domain(state) or state[2]
        return state == len(self.pattern)


def possible(tests):
    """Every way in which the tests can come out, each with a text."""
    followers = [Follower(*test) for test in tests]
    letters = sorted({letter for _, pattern in tests for letter in folded(pattern)} | set("@.~"))
    start = tuple(follower.start for follower in followers)
    found, seen, work = {}, {start}, [(start, "")]
    for state, text in work:
        outcome = tuple(f.accepts(s) for f, s in zip(followers, state))
        found.setdefault(outcome, text)
        for letter in letters:
            after = tuple(f.after(s, letter) for f, s in zip(followers, state))
            if after not in seen:
                seen.add(after)
                work.append((after, text + letter))
                if len(seen) > TOO_MANY:
                    raise TooManyStates
    return [(outcome, text) for outcome, text in found.items()]

// The decision beside the form, and why it is so, in sentences.

class Answer {
  constructor(policy, place) {
    this.policy = policy;
    this.body = element("div", { class: "answer-body" });
    this.status = element("p", { class: "hidden-text", role: "status" });
    this.place = element(
      "section", { class: "answer", id: "answer", "aria-label": "The decision" }, this.body,
      this.status);
    /** On a small screen the decision stays in sight at the foot of the form. */
    this.bar = element("a", { class: "answer-bar", href: "#answer" });
    place.append(this.place);
  }

  /** Shows how a message is decided; null if it cannot be read. */
  show(message) {
    if (message === null) {
      fill(this.body, element("p", {}, "A field cannot be read, so nothing is decided."));
      this.say("Nothing is decided: a field cannot be read.");
      fill(this.bar, "No decision");
      return null;
    }
    const explanation = new Explanation(new Deliberation(this.policy, message));
    const words = new ExplanationWords(explanation);
    const openness = [...this.body.querySelectorAll("details")].map((details) => details.open);
    fill(this.body, words.all());
    for (const [index, details] of this.body.querySelectorAll("details").entries()) {
      details.open = openness[index] ?? false;
    }
    this.say(words.summary);
    fill(this.bar, words.mark(), " ", words.summary);
    return explanation.decision;
  }

  /** Tells a screen reader, once the reader has stopped typing. */
  say(words) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.status.textContent = words; }, 600);
  }
}

/** An explanation in sentences. */
class ExplanationWords {
  constructor(explanation) {
    this.explanation = explanation;
    this.policy = explanation.policy;
    this.message = explanation.message;
    this.decision = explanation.decision;
  }

  all() {
    const { decision } = this;
    const parts = [this.headline()];
    if (decision.is === "sure") parts.push(this.course(), this.notes());
    if (decision.is === "unsure") parts.push(this.possible(), this.missing());
    const is = decision.is === "sure" ? [] : ["applies"];
    parts.push(
      this.list("Rules that may apply", decision.is === "unsure", "in-doubt"),
      this.list("Rules that apply for certain", true, ...is),
      this.list("Rules set aside by others", false, "set-aside", "set-aside-either-way"),
      this.list("Rules that do not apply", false, "does-not-apply"),
      this.asJSON());
    return parts;
  }

  /** The decision in one line, for a screen reader. */
  get summary() {
    const { decision } = this;
    if (decision.is === "conflict") return "No decision: rules contradict each other.";
    if (decision.is === "gap") return "No decision: no rule decides this message.";
    const notes = decision.notes.map((note) => this.policy.notes[note].name);
    const words = this.policy.outcomes[decision.outcome].name
      + (notes.length > 0 ? `, with ${enumerated(notes).join("")}` : "");
    return decision.is === "sure" ? `The decision is: ${words}.` : `Not sure, so: ${words}.`;
  }

  /** The shape of the outcome. */
  mark() {
    const outcome = this.policy.outcomes[this.decision.outcome];
    if (!outcome) return null;
    return element("span", { class: `c${outcome.colour}` }, shape(outcome.shape));
  }

  headline() {
    const { decision, policy } = this;
    const day = `for ${Day.words(this.message.today)}`;
    if (decision.is === "conflict" || decision.is === "gap") {
      return [
        element("p", { class: "answer-label" }, `No decision ${day}`),
        element("p", {}, decision.is === "gap" ? "No rule decides this message."
          : [enumerated(decision.rules.map((rule) => this.ruleLink(rule))), " contradict each other."]),
      ];
    }
    const label = decision.is === "sure" ? `The decision, ${day}`
      : `Not sure, because facts are missing that matter; so ${day}`;
    return [
      element("p", { class: "answer-label" }, label),
      element("p", { class: "answer-outcome" }, outcomeLink(policy.outcomes[decision.outcome], "large")),
      this.noteTexts(),
    ];
  }

  noteTexts() {
    const { notes } = this.decision;
    if (notes.length === 0) return null;
    return element("ul", { class: "answer-notes" }, notes.map((index) => {
      const note = this.policy.notes[index];
      const text = this.noteText(note);
      return element("li", {}, "with ", link(note, note.name, "to-note"),
        text ? element("blockquote", {}, text) : null);
    }));
  }

  /** A note's text with its facts filled in. */
  noteText(note) {
    return (note.text ?? []).map((piece) => {
      if (typeof piece === "string") return piece;
      const state = this.message.states[piece];
      return state.is === "value" ? factWords(this.policy.facts[piece], state.value)
        : state.is === "absent" ? "not recorded" : "not known";
    }).join("");
  }

  // Why

  /** The rules that decided, step by step. */
  course() {
    const { policy, decision, explanation } = this;
    const winners = explanation.rules.filter(({ index }) => decision.rules.includes(index));
    const ofKind = (kind) => winners.filter(({ index }) => policy.rules[index].kind === kind)
      .map((account) => this.rule(account));
    const parts = [element("p", { class: "answer-label" }, "Why"), ...ofKind("decision")];
    if (decision.byOtherwise) parts.push(this.otherwise());
    const guards = ofKind("guard");
    if (guards.length > 0) {
      const firsts = explanation.firstOutcomes.map((first) => outcomeLink(policy.outcomes[first]));
      const words = ["That outcome, ", enumerated(firsts, "or"), ", was then looked at again:"];
      parts.push(element("p", {}, words), ...guards);
    }
    return [...parts, ...ofKind("to-note")];
  }

  otherwise() {
    const { otherwise, outcomes } = this.policy;
    return element("div", { class: "because-of" },
      element("p", {}, "No rule decides, and then the policy says ", this.source("otherwise"), ": ",
        outcomeLink(outcomes[otherwise.outcome]), "."),
      this.grounds(otherwise));
  }

  /** A rule with the tests that made it apply. */
  rule(account) {
    const rule = this.policy.rules[account.index];
    const verb = account.state === "in-doubt" ? " may apply" : " applies";
    return element("div", { class: "because-of" },
      element("p", {}, this.ruleLink(account.index), `${verb}: `, this.consequent(rule), "."),
      this.reasons(account), this.grounds(rule));
  }

  grounds({ because = [], see = [] }) {
    return [
      ...because.map((text) => element("p", { class: "ground" }, "because ", element("em", {}, text))),
      ...see.map((text) => element("p", { class: "ground" }, "see ", text)),
    ];
  }

  reasons({ reasons }) {
    if (reasons.length === 0) return null;
    const items = reasons.map((reason) => element("li", {}, this.reason(reason)));
    return element("ul", { class: "reasons" }, items);
  }

  /** A test in the policy's words, and what the message says to it. */
  reason({ test, definitions, outcome }) {
    const { words } = this.policy.tests[test];
    const answer = this.says(this.policy.tests[test], outcome);
    const within = definitions.flatMap((index) => {
      const definition = this.policy.definitions[index];
      return ["as to ", link(definition, definition.phrase, "to-definition"), ": "];
    });
    return isSameSentence(words, answer) ? [within, answer]
      : [within, element("q", {}, words), ": ", answer];
  }

  says(test, outcome) {
    if (test.of === "today") return `today is ${Day.weekdayWords(this.message.today)}`;
    if (test.of === "outcome") {
      return outcome === null ? "there is no outcome"
        : `the outcome is ${this.policy.outcomes[outcome].name}`;
    }
    return factSentence(this.policy.facts[test.fact], this.message.states[test.fact]);
  }

  notes() {
    const { notes } = this.explanation;
    if (notes.length === 0) return null;
    return element("p", {}, "Notes: ", enumerated(notes.map(({ note, sources }) => [
      this.noteLink(note), " because of ",
      enumerated(sources.map((who) => this.source(who))),
    ])), ".");
  }

  source(who) {
    if (who === "otherwise") return element("a", { href: "#otherwise" }, "otherwise");
    if (who === "when unsure") return element("a", { href: "#when-unsure" }, "when unsure");
    return this.ruleLink(who);
  }

  // Doubt

  possible() {
    const { possible } = this.decision;
    if (possible.length === 0) return null;
    const links = possible.map((outcome) => outcomeLink(this.policy.outcomes[outcome]));
    return element("p", { class: "possible" },
      possible.length > 1 ? "Once they are known it may be " : "Once they are known it will be ",
      enumerated(links, "or"), possible.length > 1 ? "." : ", but its notes are open.");
  }

  missing() {
    const { missing } = this.explanation;
    return [
      element("p", { class: "answer-label" }, "What is missing"),
      element("ul", { class: "reasons" }, missing.map(({ fact, rules }) => {
        const field = this.policy.facts[fact];
        const names = rules.slice(0, 3).map((rule) => this.ruleLink(rule));
        if (rules.length > 3) names.push(`${rules.length - 3} more`);
        return element("li", {},
          element("a", { href: `#form-${field.id}`, class: "to-field" }, field.phrase),
          ": that matters to ", enumerated(names));
      })),
    ];
  }

  // Rules

  ruleLink(index) {
    return link(this.policy.rules[index], this.policy.rules[index].name, "rule-name");
  }

  noteLink(note) {
    return link(this.policy.notes[note], this.policy.notes[note].name, "to-note");
  }

  consequent(rule) {
    const notes = inOrder(rule.notes).map((note) => this.noteLink(note));
    if (rule.outcome === undefined) return ["add ", enumerated(notes)];
    const outcome = outcomeLink(this.policy.outcomes[rule.outcome]);
    return notes.length > 0 ? [outcome, " with ", enumerated(notes)] : [outcome];
  }

  list(title, isOpen, ...states) {
    const { decision } = this;
    const accounts = this.explanation.accounts(...states)
      .filter(({ index }) => decision.is !== "sure" || !decision.rules.includes(index));
    if (accounts.length === 0) return null;
    const items = element("ul", { class: "rule-list" });
    const write = () => fill(items, accounts.map((account) => this.item(account)));
    if (isOpen) {
      write();
      return [element("p", { class: "answer-label" }, title), items];
    }
    // There may be thousands, which nobody may want to see.
    return element("details", { ontoggle: (event) => { if (event.target.open) write(); } },
      element("summary", {}, `${title} (${accounts.length})`), items);
  }

  item(account) {
    return element("li", {},
      this.ruleLink(account.index), ": ", this.consequent(this.policy.rules[account.index]), ".",
      this.overriding(account), this.reasons(account));
  }

  overriding(account) {
    const way = this.explanation.way(account);
    if (!way) return null;
    const between = way.slice(1, -1).map((rule) => this.ruleLink(rule));
    return [" Set aside by ", this.ruleLink(way[0]),
      between.length > 0 ? [" through ", enumerated(between)] : null, "."];
  }

  asJSON() {
    return element("details", {}, element("summary", {}, "This message as JSON"),
      element("pre", { class: "json" }, Messages.text(this.policy, this.message)));
  }
}

/** What a message says about a fact, as a sentence. */
function factSentence(fact, state) {
  if (state.is !== "value") {
    const word = { day: "when", flag: "whether" }[fact.kind] ?? "what";
    return `it is not ${state.is === "absent" ? "recorded" : "known"} ${word} ${fact.phrase}`;
  }
  if (fact.kind === "flag") {
    return state.value ? fact.phrase : fact.negative ?? `it is not so that ${fact.phrase}`;
  }
  const words = factWords(fact, state.value);
  if (fact.kind === "text") return `${fact.phrase} “${words}”`;
  return `${fact.phrase} ${words}${fact.unit ? " " + fact.unit : ""}`;
}

/** Whether two sentences have the same words, articles and quotes aside. */
function isSameSentence(one, other) {
  const plain = (text) => text.toLowerCase().replace(/["“”]/g, "").split(/\s+/)
    .filter((word) => !["a", "an", "the"].includes(word)).join(" ");
  return plain(one) === plain(other);
}

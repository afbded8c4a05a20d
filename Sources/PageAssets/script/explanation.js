// How a decision came about: what became of every rule, and which tests made it so.

/** How much a standing counts where a rule has several, given different outcomes. */
const WEIGHTS = [
  "not-reached", "does-not-apply", "set-aside", "set-aside-either-way", "applies", "in-doubt",
];

class Explanation {
  constructor(deliberation) {
    this.deliberation = deliberation;
    this.policy = deliberation.policy;
    this.message = deliberation.message;
    this.decision = deliberation.decision;
    const views = this.views();
    const { today } = this.message;
    this.rules = this.policy.rules
      .map((rule, index) => ({ rule, index }))
      .filter(({ rule }) => (rule.from ?? -Infinity) <= today && today <= (rule.until ?? Infinity))
      .map(({ rule, index }) => this.account(rule, index, views[rule.kind]));
    this.firstOutcomes = inOrder(deliberation.courses.map((course) => course.first));
  }

  /** The contests that count for the decision, by kind of rule, each with its winners. */
  views() {
    const { decisionRules, guards, noteRules } = this.deliberation;
    const isDecided = this.decision.is === "sure" || this.decision.is === "unsure";
    const possible = [...guards].filter(([first]) => !isDecided || this.deliberation.isPossible(first));
    return {
      decision: [this.view(null, decisionRules)],
      guard: this.telling(possible, isDecided),
      note: isDecided ? this.telling([...noteRules], isDecided) : [],
    };
  }

  /** Of an unsure decision only those contests count that have a part in the doubt. */
  telling(contests, isDecided) {
    const isTelling = (contest) => this.decision.is !== "unsure"
      || contest.doubtful.some((rule) => this.decision.rules.includes(rule));
    return contests
      .filter(([, contest]) => !isDecided || isTelling(contest))
      .sort(([a], [b]) => a - b)
      .map(([outcome, contest]) => this.view(outcome, contest));
  }

  view(outcome, contest) {
    const all = [...contest.sure, ...contest.doubtful];
    const winners = this.decision.is === "sure"
      ? all.filter((rule) => this.decision.rules.includes(rule)) : contest.sureWinners;
    const { relation } = this.policy;
    return {
      outcome, winners: new Set(winners), sure: new Set(contest.sure),
      underWinners: relation.overriddenBy(winners), underSure: relation.overriddenBy(contest.sure),
    };
  }

  /** What became of a rule, in the contest in which it counted for most. */
  account(rule, index, views) {
    const { reading } = this.deliberation;
    let telling = { state: "not-reached" };
    for (const view of views) {
      const standing = this.standing(index, reading.truth(rule.if, view.outcome), view);
      if (WEIGHTS.indexOf(standing.state) > WEIGHTS.indexOf(telling.state)) {
        telling = { ...standing, outcome: view.outcome };
      }
    }
    if (telling.state === "not-reached") return { index, state: "not-reached", reasons: [] };
    const search = new ReasonSearch(reading, telling.outcome);
    search.collect(rule.if);
    return { index, ...telling, reasons: search.reasons };
  }

  standing(rule, truth, view) {
    if (truth === NO) return { state: "does-not-apply" };
    if (truth === YES) {
      const isSetAside = !view.winners.has(rule) && view.underWinners.has(rule);
      return isSetAside ? { state: "set-aside", by: view.winners } : { state: "applies" };
    }
    return view.underSure.has(rule) ? { state: "set-aside-either-way", by: view.sure }
      : { state: "in-doubt" };
  }

  /** The rules through which a rule is set aside, itself the last; null if it is not. */
  way({ index, by }) {
    return by ? this.policy.relation.way(by, index) : null;
  }

  /** The accounts of rules in some states. */
  accounts(...states) {
    return this.rules.filter((account) => states.includes(account.state));
  }

  /** The notes of the decision, each with those who brought it. */
  get notes() {
    const { deliberation, decision } = this;
    if (decision.is === "unsure") {
      return decision.notes.map((note) => ({ note, sources: ["when unsure"] }));
    }
    if (decision.is !== "sure") return [];
    const deciders = deliberation.courses.flatMap((course) => deliberation.deciders(course));
    const adders = deliberation.noteRules.get(decision.outcome).possibleWinners(null);
    const bringing = [...inOrder([...adders, ...deciders].filter((who) => who !== "otherwise"))];
    if (deciders.includes("otherwise")) bringing.push("otherwise");
    return decision.notes.map((note) => ({
      note, sources: bringing.filter((who) => deliberation.notesOf(who).includes(note)),
    }));
  }

  /** The missing facts of an unsure decision, each with the rules in doubt that ask for it. */
  get missing() {
    const { deliberation, decision, policy } = this;
    return decision.missing.map((fact) => {
      const rules = deliberation.doubts.filter(([rule, outcome]) => {
        const facts = new Set();
        deliberation.reading.collectMissing(policy.rules[rule].if, outcome, facts);
        return facts.has(fact);
      });
      return { fact, rules: inOrder(rules.map(([rule]) => rule)) };
    });
  }
}

/** Finds the tests that settle a condition, or leave it open. */
class ReasonSearch {
  constructor(reading, outcome) {
    this.reading = reading;
    this.outcome = outcome;
    this.reasons = [];
    this.path = [];
    this.seenDefinitions = new Set();
    this.seenReasons = new Set();
  }

  collect(condition) {
    if (condition === true) return;
    if (typeof condition === "number") return this.add(condition);
    const [word, ...parts] = condition;
    if (word === "not") return this.collect(parts[0]);
    if (word === "define") return this.collectDefinition(parts[0]);
    const truth = this.reading.truth(condition, this.outcome);
    for (const part of parts) {
      if (this.reading.truth(part, this.outcome) === truth) this.collect(part);
    }
  }

  add(test) {
    const key = `${test} ${this.path}`;
    if (this.seenReasons.has(key)) return;
    this.seenReasons.add(key);
    this.reasons.push({ test, definitions: [...this.path], outcome: this.outcome });
  }

  collectDefinition(index) {
    if (this.seenDefinitions.has(index)) return;
    this.seenDefinitions.add(index);
    this.path.push(index);
    this.collect(this.reading.policy.definitions[index].if);
    this.path.pop();
  }
}

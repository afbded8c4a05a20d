// The steps of a decision: which outcomes are possible where facts are missing, and by whom.

/** The rules of one kind that apply to a message, or may apply, and who of them can win. */
class Contest {
  constructor(policy, reading, kind, outcome) {
    this.policy = policy;
    this.sure = [];
    this.doubtful = [];
    for (const rule of policy.rulesOf(kind)) {
      const truth = reading.truthOfRule(policy.rules[rule], outcome);
      if (truth === YES) this.sure.push(rule);
      if (truth === UNKNOWN) this.doubtful.push(rule);
    }
    this.sureWinners = policy.relation.winners(this.sure);
  }

  outcomeOf(rule) {
    return this.policy.rules[rule].outcome ?? null;
  }

  /** The rules in doubt that no rule which surely applies overrides. */
  get inDoubt() {
    const overridden = this.policy.relation.overriddenBy(this.sure);
    return this.doubtful.filter((rule) => !overridden.has(rule));
  }

  doubtfulGiving(outcome) {
    return this.doubtful.filter((rule) => this.outcomeOf(rule) === outcome);
  }

  agreeOn(outcome, applying) {
    return this.policy.relation.winners(applying)
      .every((rule) => this.outcomeOf(rule) === outcome);
  }

  /** The outcomes that can win: each does where all doubtful rules that give it apply, and no others. */
  get outcomes() {
    if (this.doubtful.length === 0) {
      const given = new Set(this.sureWinners.map((rule) => this.outcomeOf(rule)));
      return given.size === 1 ? [...given] : [];
    }
    const named = new Set([...this.sure, ...this.doubtful].map((rule) => this.outcomeOf(rule)));
    return inOrder(named).filter(
      (outcome) => this.agreeOn(outcome, [...this.sure, ...this.doubtfulGiving(outcome)]));
  }

  /** Whether an outcome can come about without any winner carrying a note. */
  canLack(note, outcome) {
    const carries = (rule) => this.policy.rules[rule].notes.includes(note);
    const others = this.doubtfulGiving(outcome).filter((rule) => !carries(rule));
    const winners = this.policy.relation.winners([...this.sure, ...others]);
    return winners.every((rule) => this.outcomeOf(rule) === outcome && !carries(rule))
      && (outcome === null || winners.length > 0);
  }

  /** The rules that can win where an outcome comes about; of note rules, in any way. */
  possibleWinners(outcome) {
    const { relation } = this.policy;
    const doubtful = this.doubtfulGiving(outcome);
    if (doubtful.length === 0) return this.sureWinners;
    const agreeing = this.sure.filter((rule) => this.outcomeOf(rule) === outcome);
    const overridden = relation.overriddenBy(this.sure);
    const open = inOrder([...agreeing, ...doubtful]).filter((rule) => !overridden.has(rule));

    const held = relation.overriddenBy(agreeing);
    const isSpoilt = this.sure.some(
      (rule) => this.outcomeOf(rule) !== outcome && !held.has(rule));
    if (!isSpoilt) return open;
    const contested = relation.overriddenBy(doubtful);
    return open.filter((rule) => {
      if (!contested.has(rule)) return true;
      const above = relation.overriding(rule);
      const below = doubtful.filter((other) => !above.has(other));
      return this.agreeOn(outcome, [...this.sure, ...below]);
    });
  }
}

/** Numbers once each, in their order. */
function inOrder(numbers) {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** One decision, step by step. */
class Deliberation {
  constructor(policy, message) {
    this.policy = policy;
    this.message = message;
    this.reading = new Reading(policy, message);
    this.decisionRules = new Contest(policy, this.reading, "decision", null);
    /** The guards by first outcome, and the note rules by outcome. */
    this.guards = new Map();
    this.noteRules = new Map();
    /** How the outcome can come about. */
    this.courses = [];
    for (const outcome of this.decisionRules.outcomes) this.addCourses("rules", outcome);
    if (this.decisionRules.sure.length === 0 && policy.otherwise) {
      this.addCourses("otherwise", policy.otherwise.outcome);
    }
    for (const { outcome } of this.courses) {
      if (this.noteRules.has(outcome)) continue;
      this.noteRules.set(outcome, new Contest(policy, this.reading, "note", outcome));
    }
    this.decision = this.decide();
  }

  addCourses(origin, first) {
    if (!this.guards.has(first)) {
      this.guards.set(first, new Contest(this.policy, this.reading, "guard", first));
    }
    const guards = this.guards.get(first);
    if (guards.sure.length === 0) {
      this.courses.push({ origin, first, replaced: false, outcome: first });
    }
    for (const outcome of guards.outcomes) {
      this.courses.push({ origin, first, replaced: true, outcome });
    }
  }

  /** A sure decision if every course ends in the same outcome and notes. */
  decide() {
    const outcomes = inOrder(this.courses.map((course) => course.outcome));
    if (outcomes.length === 1) {
      const notes = this.constantNotes(outcomes[0]);
      if (notes) return this.sureDecision(outcomes[0], notes);
    }
    const disagreement = this.courses.length === 0 ? this.disagreement() : null;
    return disagreement ?? this.unsureDecision(outcomes);
  }

  // Sure decisions

  /** Those who decide in a course: rules, or `otherwise`. */
  deciders({ origin, first, replaced, outcome }) {
    if (replaced) return this.guards.get(first).possibleWinners(outcome);
    return origin === "rules" ? this.decisionRules.possibleWinners(first) : ["otherwise"];
  }

  notesOf(decider) {
    return decider === "otherwise" ? this.policy.otherwise.notes : this.policy.rules[decider].notes;
  }

  canLack(note, { origin, first, replaced, outcome }) {
    if (replaced) return this.guards.get(first).canLack(note, outcome);
    return origin === "rules" ? this.decisionRules.canLack(note, first)
      : !this.policy.otherwise.notes.includes(note);
  }

  get hasDoubts() {
    const contests = [this.decisionRules, ...this.guards.values(), ...this.noteRules.values()];
    return contests.some((contest) => contest.doubtful.length > 0);
  }

  /** The notes, if they are the same however the outcome comes about; otherwise null. */
  constantNotes(outcome) {
    const contest = this.noteRules.get(outcome);
    const deciders = this.courses.flatMap((course) => this.deciders(course));
    const bringing = [...contest.possibleWinners(null), ...deciders];
    const notes = inOrder(bringing.flatMap((decider) => this.notesOf(decider)));
    if (!this.hasDoubts) return notes;
    const isConstant = notes.every((note) => !contest.canLack(note, null)
      || !this.courses.some((course) => this.canLack(note, course)));
    return isConstant ? notes : null;
  }

  sureDecision(outcome, notes) {
    const winners = [...this.noteRules.get(outcome).possibleWinners(null)];
    for (const { origin, first, replaced, outcome } of this.courses) {
      if (origin === "rules") winners.push(...this.decisionRules.possibleWinners(first));
      if (replaced) winners.push(...this.guards.get(first).possibleWinners(outcome));
    }
    return {
      is: "sure", outcome, notes, missing: [], rules: inOrder(winners),
      byOtherwise: this.courses.some((course) => course.origin === "otherwise"),
      possible: [outcome],
    };
  }

  // Doubt and disagreement

  /** Why nothing is decided although nothing is in doubt; null if something is. */
  disagreement() {
    const losers = [...this.guards.values()][0] ?? this.decisionRules;
    if (this.decisionRules.doubtful.length > 0 || losers.doubtful.length > 0) return null;
    const rules = losers.sureWinners;
    return { is: rules.length > 0 ? "conflict" : "gap", rules, notes: [], missing: [], possible: [] };
  }

  unsureDecision(possible) {
    const { whenUnsure } = this.policy;
    if (!whenUnsure) return { is: "gap", rules: [], notes: [], missing: [], possible };
    const missing = new Set();
    for (const [rule, outcome] of this.doubts) {
      this.reading.collectMissing(this.policy.rules[rule].if, outcome, missing);
    }
    return {
      is: "unsure", outcome: whenUnsure.outcome, notes: inOrder(whenUnsure.notes),
      missing: inOrder(missing), rules: inOrder(this.doubts.map(([rule]) => rule)),
      byOtherwise: false, possible,
    };
  }

  /** The rules in doubt, each with the outcome that it looks at. */
  get doubts() {
    const doubts = this.decisionRules.inDoubt.map((rule) => [rule, null]);
    for (const [outcome, contest] of this.guards) {
      if (!this.isPossible(outcome)) continue;
      doubts.push(...contest.inDoubt.map((rule) => [rule, outcome]));
    }
    for (const [outcome, contest] of this.noteRules) {
      doubts.push(...contest.inDoubt.map((rule) => [rule, outcome]));
    }
    return doubts;
  }

  /** Whether a first outcome is possible, the guards considered. */
  isPossible(first) {
    return this.courses.length === 0 || this.courses.some((course) => course.first === first);
  }
}

// What a policy means, read off its definition: conditions in Kleene's strong logic.

const YES = "yes";
const NO = "no";
const UNKNOWN = "unknown";

/** A policy, from the data that the page holds. */
class Policy {
  constructor(data) {
    Object.assign(this, data);
    this.calendar = new WorkingCalendar(data.holidays);
    this.relation = new OverrideRelation(data.overrides, data.rules.length);
    for (const test of this.tests) {
      if (test.ask === "isIn") test.ranges = test.ranges.map((range) => range.map(BigInt));
    }
    for (const fact of this.facts) {
      if ("low" in fact) fact.low = BigInt(fact.low);
      if ("high" in fact) fact.high = BigInt(fact.high);
      if ("default" in fact) fact.default = Policy.value(fact, fact.default);
      fact.field = fact.path.join(".");
    }
    for (const scenario of this.scenarios) {
      for (const given of scenario.given) {
        if ("value" in given) given.value = Policy.value(this.facts[given.fact], given.value);
      }
    }
  }

  /** A value as the data writes it. */
  static value(fact, written) {
    return fact.kind === "number" ? BigInt(written) : written;
  }

  /** What is known of a fact that nobody mentions. */
  unsaid(fact) {
    switch (fact.said) {
      case "optional": return { is: "absent" };
      case "default": return { is: "value", value: fact.default };
      default: return { is: "missing" };
    }
  }

  /** A message in which nothing is said. */
  emptyMessage(today) {
    return { states: this.facts.map((fact) => this.unsaid(fact)), today };
  }

  /** The message that a scenario gives. */
  messageOf(scenario) {
    const message = this.emptyMessage(scenario.on);
    for (const given of scenario.given) {
      message.states[given.fact] = "value" in given
        ? { is: "value", value: given.value } : { is: given.state };
    }
    return message;
  }

  /** The numbers of the rules of a kind. */
  rulesOf(kind) {
    this.kinds ??= Map.groupBy(this.rules.keys(), (index) => this.rules[index].kind);
    return this.kinds.get(kind) ?? [];
  }
}

/** One message being read: what is known of the policy's conditions. */
class Reading {
  constructor(policy, message) {
    this.policy = policy;
    this.message = message;
    this.definitions = new Map();
  }

  /** What is known of a condition, given the outcome that its tests look at. */
  truth(condition, outcome) {
    if (condition === true) return YES;
    if (typeof condition === "number") return this.truthOfTest(condition, outcome);
    const [word, ...parts] = condition;
    switch (word) {
      case "not": return Reading.negated(this.truth(parts[0], outcome));
      case "and": return this.truthOfAll(parts, outcome, YES, NO);
      case "or": return this.truthOfAll(parts, outcome, NO, YES);
      default: return this.truthOfDefinition(parts[0]);
    }
  }

  /** Whether a rule applies: it is in force, and its condition is met. */
  truthOfRule(rule, outcome) {
    const { from = -Infinity, until = Infinity } = rule;
    const isInForce = from <= this.message.today && this.message.today <= until;
    return isInForce ? this.truth(rule.if, outcome) : NO;
  }

  static negated(truth) {
    return truth === YES ? NO : truth === NO ? YES : UNKNOWN;
  }

  /** `settled` if one part is; otherwise unknown if one part is; otherwise `usual`. */
  truthOfAll(parts, outcome, usual, settled) {
    let result = usual;
    for (const part of parts) {
      const truth = this.truth(part, outcome);
      if (truth === settled) return settled;
      if (truth === UNKNOWN) result = UNKNOWN;
    }
    return result;
  }

  truthOfDefinition(index) {
    if (!this.definitions.has(index)) {
      this.definitions.set(index, this.truth(this.policy.definitions[index].if, null));
    }
    return this.definitions.get(index);
  }

  truthOfTest(index, outcome) {
    const test = this.policy.tests[index];
    if (test.of === "outcome") return outcome !== null && test.these.includes(outcome) ? YES : NO;
    if (test.of === "today") return this.holds(test, this.message.today) ? YES : NO;
    const state = this.message.states[test.fact];
    if (state.is === "missing") return UNKNOWN;
    return state.is === "value" && this.holds(test, state.value) ? YES : NO;
  }

  /** Whether the answer to a test is yes, for a value. */
  holds(test, value) {
    const { calendar } = this.policy;
    switch (test.ask) {
      case "isTrue": return value === true;
      case "isOneOf": return test.these.includes(value);
      case "holdsAny": return test.these.some((item) => value.includes(item));
      case "holdsAll": return test.these.every((item) => value.includes(item));
      case "holdsNone": return !test.these.some((item) => value.includes(item));
      case "isEmpty": return value.length === 0;
      case "isNotEmpty": return value.length > 0;
      case "isIn": return test.ranges.some(([low, high]) => low <= value && value <= high);
      case "isDated": return test.ranges.some((range) => this.isWithin(range, value));
      case "matches":
        return test.patterns.some(([match, text]) => Text.matches(match, text, value));
      case "isRecorded": return true;
      case "isWorkingDay": return calendar.isWorkingDay(value);
      default: return false;
    }
  }

  isWithin([first, last], day) {
    return (!first || this.dayOf(first) <= day) && (!last || day <= this.dayOf(last));
  }

  /** The number of a day that a test names, or reckons from today. */
  dayOf(bound) {
    const { today } = this.message;
    const anchor = "day" in bound ? bound.day
      : "unit" in bound ? this.policy.calendar.plus(today, bound.plus, bound.unit) : today;
    return anchor + (bound.offset ?? 0);
  }

  /** Adds the facts of unknown tests in parts of a condition that are all unknown. */
  collectMissing(condition, outcome, facts) {
    if (condition === true || this.truth(condition, outcome) !== UNKNOWN) return;
    if (typeof condition === "number") {
      facts.add(this.policy.tests[condition].fact);
      return;
    }
    const [word, ...parts] = condition;
    if (word === "define") {
      this.collectMissing(this.policy.definitions[parts[0]].if, null, facts);
    } else {
      for (const part of parts) this.collectMissing(part, outcome, facts);
    }
  }
}

/** Who overrides whom: nodes are the rules, and behind them groups of rules. */
class OverrideRelation {
  constructor(forward, ruleCount) {
    this.forward = forward;
    this.ruleCount = ruleCount;
    this.backward = forward.map(() => []);
    forward.forEach((targets, node) => {
      for (const target of targets) this.backward[target].push(node);
    });
  }

  /** The nodes to which a way leads from some rules. */
  static reached(rules, edges) {
    const starts = new Set(rules);
    const found = new Set();
    const open = [...rules];
    while (open.length > 0) {
      for (const next of edges[open.pop()]) {
        if (found.has(next)) continue;
        found.add(next);
        if (!starts.has(next)) open.push(next);
      }
    }
    return found;
  }

  /** What some rules override, directly or through others. */
  overriddenBy(rules) {
    return OverrideRelation.reached(rules, this.forward);
  }

  /** What overrides a rule, directly or through others. */
  overriding(rule) {
    return OverrideRelation.reached([rule], this.backward);
  }

  /** Those of the applying rules that no other of them overrides. */
  winners(applying) {
    const overridden = this.overriddenBy(applying);
    return applying.filter((rule) => !overridden.has(rule));
  }

  /** The rules on a shortest way from some rules to one that they override; null without one. */
  way(from, to) {
    const wanted = new Set(from);
    const next = new Map();
    const queue = [to];
    for (let head = 0; head < queue.length; head += 1) {
      for (const above of this.backward[queue[head]]) {
        if (above === to || next.has(above)) continue;
        next.set(above, queue[head]);
        if (wanted.has(above)) return this.wayAlong(next, above, to);
        queue.push(above);
      }
    }
    return null;
  }

  wayAlong(next, start, end) {
    const nodes = [start];
    while (nodes.at(-1) !== end) nodes.push(next.get(nodes.at(-1)));
    return nodes.filter((node) => node < this.ruleCount);
  }
}

// What the map shows of a fact: states that stand for all that the rules tell apart.

const Axes = {
  /** The states to show of a fact, each with a label: values, not recorded, not known. */
  of(policy, fact, today) {
    const states = [...Axes.values(policy, fact, today)];
    if (fact.said === "optional") states.push({ label: "not recorded", state: { is: "absent" } });
    states.push({ label: "not known", state: { is: "missing" } });
    return states;
  },

  values(policy, fact, today) {
    const given = (label, value) => ({ label, state: { is: "value", value } });
    switch (fact.kind) {
      case "choice": return fact.values.map((value, index) => given(value, index));
      case "set":
        return [given("nothing", []), ...fact.values.map((value, index) => given(value, [index]))];
      case "flag": return [given("yes", true), given("no", false)];
      case "number": return Axes.numbers(policy, fact).map(([label, value]) => given(label, value));
      case "day": return Axes.days(policy, fact, today).map(([label, value]) => given(label, value));
      default: return Axes.texts(policy, fact).map(([label, value]) => given(label, value));
    }
  },

  /** What all tests on a fact answer of a value, as a text. */
  answers(policy, fact, value, today) {
    const reading = new Reading(policy, { states: [], today });
    return policy.tests.filter((test) => policy.facts[test.fact] === fact)
      .map((test) => reading.holds(test, value) ? "1" : "0").join("");
  },

  /** Stretches of numbers that no test tells apart, each by its least. */
  numbers(policy, fact) {
    const step = fact.whole ? 1000000n : 1n;
    const low = fact.low ?? -Decimal.limit;
    const high = fact.high ?? Decimal.limit;
    const up = (number) => {
      const rest = number % step;
      return rest === 0n ? number : number - rest + (rest > 0n ? step : 0n);
    };
    const ranges = policy.tests.filter((test) => policy.facts[test.fact] === fact && test.ranges)
      .flatMap((test) => test.ranges);
    const cuts = [low, ...ranges.flatMap(([first, last]) => [up(first), up(last + 1n)])];
    const starts = [...new Set(cuts)].filter((cut) => cut >= low && cut <= high)
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const merged = Axes.merged(policy, fact, starts, 0);
    return merged.map((start, index) => {
      const end = index + 1 < merged.length ? merged[index + 1] - step : high;
      const isFirst = start === low && fact.low === undefined;
      return [Axes.stretch(
        start, end, isFirst, index + 1 === merged.length && fact.high === undefined, Decimal.text,
        (number) => (fact.whole ? `at most ${Decimal.text(number)}`
          : `less than ${Decimal.text(number + step)}`)),
      start];
    });
  },

  stretch(start, end, isOpenBelow, isOpenAbove, words, upTo) {
    if (isOpenBelow && isOpenAbove) return "any";
    if (isOpenBelow) return upTo(end);
    if (isOpenAbove) return `from ${words(start)}`;
    return start === end ? words(start) : `${words(start)} to ${words(end)}`;
  },

  /** Stretches of days that no test tells apart today, each by its first. */
  days(policy, fact, today) {
    const reading = new Reading(policy, { states: [], today });
    const first = Day.of(1900, 1, 1);
    const cuts = policy.tests.filter((test) => policy.facts[test.fact] === fact && test.ranges)
      .flatMap((test) => test.ranges)
      .flatMap(([from, until]) => [
        from ? reading.dayOf(from) : first, until ? reading.dayOf(until) + 1 : first,
      ]);
    const starts = inOrder([first, ...cuts]).filter((cut) => cut >= first && cut <= Day.last);
    const merged = Axes.merged(policy, fact, starts, today);
    return merged.map((start, index) => {
      const end = index + 1 < merged.length ? merged[index + 1] - 1 : Day.last;
      // The last day of an open beginning stands for it: it looks less odd than the year 1900.
      const label = Axes.stretch(start, end, index === 0, index + 1 === merged.length, Day.words,
        (day) => `until ${Day.words(day)}`);
      return [label, index === 0 && merged.length > 1 ? end : start];
    });
  },

  /** The starts of stretches without those at which no answer changes. */
  merged(policy, fact, starts, today) {
    let last = null;
    return starts.filter((start) => {
      const answers = Axes.answers(policy, fact, start, today);
      const isNew = answers !== last;
      last = answers;
      return isNew;
    });
  },

  /** A text for each way in which the tests can answer, as far as their own texts show it. */
  texts(policy, fact) {
    const samples = {
      startsWith: (text) => text + "…",
      endsWith: (text) => "…" + text,
      inDomain: (text) => "someone@" + text,
    };
    const candidates = policy.tests
      .filter((test) => policy.facts[test.fact] === fact && test.patterns)
      .flatMap((test) => test.patterns)
      .map(([match, text]) => samples[match]?.(text) ?? text);
    const seen = new Set();
    return [...candidates.map((text) => [`“${text}”`, text]), ["any other text", "…"]]
      .filter(([, text]) => {
        const answers = Axes.answers(policy, fact, text, 0);
        return !seen.has(answers) && seen.add(answers);
      });
  },
};

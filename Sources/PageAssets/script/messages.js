// Messages as JSON, in and out.

/** Why a message is rejected. */
class MessageError extends Error {
  name = "MessageError";
}

/** A number as JSON writes it. */
class WrittenNumber {
  constructor(digits) {
    this.digits = digits;
  }
}

const Messages = {
  /** The message that a JSON object stands for; a `MessageError` where `rulec decide` rejects it. */
  parse(policy, text, today) {
    const json = Messages.read(text);
    if (!Messages.isObject(json)) {
      throw new MessageError("A message is a JSON object, written between { and }.");
    }
    const id = json.id ?? null;
    if (id !== null && typeof id !== "string" && !(id instanceof WrittenNumber)) {
      throw new MessageError("The field id takes a text or a number.");
    }
    const day = Messages.day(json, today);
    const unknown = Messages.unknown(policy, json);
    const states = policy.facts.map((fact) => Messages.state(policy, fact, json, unknown));
    return { states, today: day };
  },

  /** The JSON, with numbers digit for digit. */
  read(text) {
    let json;
    try {
      json = JSON.parse(text, (_, value, context) =>
        typeof value === "number" ? new WrittenNumber(context?.source ?? String(value)) : value);
    } catch (error) {
      throw new MessageError("This is no JSON: " + error.message);
    }
    const name = Messages.duplicate(text);
    if (name !== undefined) throw new MessageError(`The field ${name} stands twice in one object.`);
    return json;
  },

  /** The first name that stands twice in one object; `JSON.parse` takes the last silently. The text is JSON. */
  duplicate(text) {
    const open = [];
    for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
      if (token === "{") open.push(new Set());
      if (token === "}") open.pop();
      if (!colon) continue;
      const name = JSON.parse(string);
      if (open.at(-1).has(name)) return name;
      open.at(-1).add(name);
    }
    return undefined;
  },

  isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value)
      && !(value instanceof WrittenNumber);
  },

  day(json, today) {
    const written = json.on ?? null;
    if (written === null) return today;
    const day = typeof written === "string" ? Day.parse(written) : null;
    if (day === null || day < Day.firstProved || day > Day.lastProved) {
      throw new MessageError("The field on takes a day from 2000-01-01 to 2099-12-31.");
    }
    return day;
  },

  /** The facts that could not be looked up. */
  unknown(policy, json) {
    const paths = json.unknown ?? [];
    if (!Array.isArray(paths)) throw new MessageError("The field unknown takes an array of fields.");
    const facts = new Set();
    for (const path of paths) {
      const index = policy.facts.findIndex((fact) => fact.field === path);
      if (index < 0) throw new MessageError(`unknown names ${path}, which no fact is read from.`);
      const { found } = Messages.field(policy.facts[index], json);
      if (found !== null) throw new MessageError(`unknown names ${path}, but there is a value for it.`);
      facts.add(index);
    }
    return facts;
  },

  /** What stands at a fact's path, null if nothing does; `blocked` names a step that is no object. */
  field(fact, json) {
    let value = json;
    for (const [index, step] of fact.path.entries()) {
      if (!Messages.isObject(value)) {
        return { found: null, blocked: fact.path.slice(0, index).join(".") };
      }
      value = Object.hasOwn(value, step) ? value[step] : null;
      if (value === null) return { found: null };
    }
    return { found: value };
  },

  state(policy, fact, json, unknown) {
    const { found, blocked } = Messages.field(fact, json);
    if (blocked) throw new MessageError(`${blocked} takes an object that holds ${fact.field}.`);
    if (found === null) {
      return unknown.has(policy.facts.indexOf(fact)) ? { is: "missing" } : policy.unsaid(fact);
    }
    const value = Messages.value(fact, found);
    if (value === null) {
      throw new MessageError(`The field ${fact.field} takes ${Messages.wanted(fact)}.`);
    }
    return { is: "value", value };
  },

  /** The value of a fact that JSON stands for; null if it is none. */
  value(fact, json) {
    switch (fact.kind) {
      case "choice": return Messages.declared(fact, json);
      case "set": {
        const items = (Array.isArray(json) ? json : [json]).map((item) => Messages.declared(fact, item));
        return items.includes(null) ? null : inOrder(items);
      }
      case "flag": return typeof json === "boolean" ? json : null;
      case "number": return json instanceof WrittenNumber ? Messages.number(fact, json.digits) : null;
      case "day": return typeof json === "string" ? Messages.date(json) : null;
      default: return typeof json === "string" && json.isWellFormed?.() !== false ? json : null;
    }
  },

  declared(fact, json) {
    const index = typeof json === "string" ? fact.values.indexOf(json) : -1;
    return index < 0 ? null : index;
  },

  /** A number that the fact allows; null if it does not. */
  number(fact, digits) {
    const number = Decimal.parse(digits);
    if (number === null || (fact.whole && number % 1000000n !== 0n)) return null;
    if (fact.low !== undefined && number < fact.low) return null;
    if (fact.high !== undefined && number > fact.high) return null;
    return number;
  },

  date(text) {
    const day = Day.parse(text);
    return day === null || Day.date(day).year < 1900 ? null : day;
  },

  /** What a fact's field may hold. */
  wanted(fact) {
    switch (fact.kind) {
      case "choice": return "one of " + fact.values.join(", ");
      case "set": return "any of " + fact.values.join(", ");
      case "flag": return "true or false";
      case "number": return Messages.wantedNumber(fact);
      case "day": return "a day that exists, from 1900 on, written as 2026-05-31";
      default: return "a text";
    }
  },

  wantedNumber(fact) {
    const parts = [fact.whole ? "a whole number" : "a number"];
    if (fact.unit) parts.push("of " + fact.unit);
    if (fact.low !== undefined) parts.push("from " + Decimal.text(fact.low));
    if (fact.high !== undefined) parts.push("to " + Decimal.text(fact.high));
    return parts.join(" ");
  },

  /** A message as JSON, for `rulec decide`. */
  text(policy, message) {
    const fields = Object.assign(Object.create(null), { on: JSON.stringify(Day.iso(message.today)) });
    const unknown = [];
    policy.facts.forEach((fact, index) => {
      const state = message.states[index];
      if (state.is === "missing" && fact.said !== "required") unknown.push(fact.field);
      if (state.is !== "value" || Messages.isUnsaid(fact, state.value)) return;
      let place = fields;
      for (const step of fact.path.slice(0, -1)) place = place[step] ??= Object.create(null);
      place[fact.path.at(-1)] = Messages.written(fact, state.value);
    });
    if (unknown.length > 0) fields.unknown = JSON.stringify(unknown);
    return Messages.joined(fields);
  },

  isUnsaid(fact, value) {
    return fact.said === "default" && String(value) === String(fact.default);
  },

  written(fact, value) {
    switch (fact.kind) {
      case "choice": return JSON.stringify(fact.values[value]);
      case "set": return JSON.stringify(value.map((item) => fact.values[item]));
      case "number": return Decimal.text(value);
      case "day": return JSON.stringify(Day.iso(value));
      default: return JSON.stringify(value);
    }
  },

  joined(fields) {
    const members = Object.entries(fields).map(([name, value]) =>
      `${JSON.stringify(name)}: ${typeof value === "string" ? value : Messages.joined(value)}`);
    return `{${members.join(", ")}}`;
  },
};

// The form: a field for each fact, with what is known of it.

class Form {
  /** `onChange` is called with each message that the reader makes; `bar` stands at the foot. */
  constructor(policy, today, bar, onChange) {
    this.policy = policy;
    this.onChange = onChange;
    this.fields = policy.facts.map((fact) => new Field(policy, fact, () => this.changed()));
    this.day = element("input", {
      type: "date", id: "form-day", min: "2000-01-01", max: "2099-12-31", value: Day.iso(today),
      oninput: () => this.changed(),
    });
    this.problem = element("p", { class: "problem", role: "alert" });
    this.start = this.startChoice();
    this.facts = element("form", { class: "facts", onsubmit: (event) => event.preventDefault() },
      this.beginning(), element("div", {}, this.groups(), bar));
  }

  /** The message as it is filled in; null where a field cannot be read. */
  get message() {
    const today = Day.parse(this.day.value);
    const isDay = today !== null && today >= Day.firstProved && today <= Day.lastProved;
    const states = this.fields.map((field) => field.state);
    return isDay && !states.includes(null) ? { states, today } : null;
  }

  set message({ states, today }) {
    this.day.value = Day.iso(today);
    this.fields.forEach((field, index) => { field.state = states[index]; });
    this.changed();
  }

  /** A large policy is asked once the reader pauses. */
  changed() {
    if (this.policy.rules.length < 2000) return this.onChange(this.message);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.onChange(this.message), 300);
  }

  // How to begin

  beginning() {
    this.json = element("textarea", {
      id: "form-json", rows: 4, spellcheck: "false", "aria-describedby": "form-json-help",
    });
    return element("div", { class: "beginning" },
      element("div", { class: "field" },
        element("label", { for: "form-start" }, "Start from"), this.start),
      element("div", { class: "field" },
        element("label", { for: "form-day" }, "Decided on"), this.day),
      element("details", { class: "paste" },
        element("summary", {}, "Fill in from a message as JSON"),
        element("label", { for: "form-json" }, "The message"), this.json,
        element("p", { class: "fine", id: "form-json-help" },
          "One object, as rulec decide reads it."),
        element("button", { type: "button", onclick: () => this.read(this.json.value) }, "Fill in"),
        this.problem));
  }

  startChoice() {
    const options = this.policy.scenarios.map((scenario, index) =>
      element("option", { value: index }, scenario.name));
    return element("select", { id: "form-start", onchange: () => this.startOver() },
      element("option", { value: "" }, "nothing: no fact is filled in"),
      options.length > 0 ? element("optgroup", { label: "A scenario" }, options) : null);
  }

  startOver() {
    const scenario = this.policy.scenarios[this.start.value];
    if (scenario) this.message = this.policy.messageOf(scenario);
    else this.message = this.policy.emptyMessage(Day.parse(this.day.value) ?? Day.firstProved);
  }

  /** Fills in a scenario; nothing, where there is none. */
  take(scenario) {
    if (!scenario) return this.startOver();
    this.start.value = this.policy.scenarios.indexOf(scenario);
    this.message = this.policy.messageOf(scenario);
  }

  /** Fills in a message that is written as JSON; says what is wrong with it. */
  read(text, today = Day.parse(this.day.value) ?? Day.firstProved) {
    try {
      this.message = Messages.parse(this.policy, text, today);
      this.problem.textContent = "";
      return true;
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      this.problem.textContent = error.message;
      return false;
    }
  }

  // The fields

  groups() {
    return this.policy.groups.map(({ title, facts }) => element("fieldset", {},
      element("legend", { class: title ? null : "hidden-text" }, title || "Facts"),
      facts.map((index) => this.fields[index].element)));
  }

  /** Marks the fields on which the decision waits. */
  mark(missing) {
    this.fields.forEach((field, index) => field.mark(missing.includes(index)));
  }
}

/** The field of one fact: whether it is known, and its value. */
class Field {
  constructor(policy, fact, onChange) {
    Object.assign(this, { policy, fact, onChange });
    this.id = `form-${fact.id}`;
    this.needed = element("span", { class: "needed", hidden: true }, "needed");
    const isSet = fact.kind === "set";
    const label = isSet ? element("span", { id: this.id + "-label" }, this.title)
      : element("label", { for: this.id }, this.title);
    this.element = element("div", {
      class: "field", role: isSet ? "group" : null,
      "aria-labelledby": isSet ? this.id + "-label" : null,
    }, element("div", { class: "label-line" }, label, this.needed), this.controls());
    this.state = policy.unsaid(fact);
  }

  get title() {
    return this.fact.unit ? `${this.fact.phrase} … ${this.fact.unit}` : this.fact.phrase;
  }

  /** What a message means that does not mention the fact. */
  get unsaidWords() {
    const { fact } = this;
    switch (fact.said) {
      case "optional": return "nothing recorded";
      case "default": return `not said, so ${factWords(fact, fact.default)}`;
      default: return "not known";
    }
  }

  get isChosen() {
    return this.fact.kind === "choice" || this.fact.kind === "flag";
  }

  controls() {
    const unknown = this.fact.said === "required" ? []
      : [element("option", { value: "missing" }, "not known: it could not be looked up")];
    if (this.isChosen) {
      this.choice = element("select", { id: this.id, onchange: () => this.onChange() },
        element("option", { value: "unsaid" }, this.unsaidWords),
        this.values.map(([value, words]) => element("option", { value: `=${value}` }, words)),
        unknown);
      return this.choice;
    }
    this.choice = element("select", {
      id: this.id + "-known", "aria-label": `${this.fact.phrase}: what is known`,
      onchange: () => this.chosen(),
    },
      element("option", { value: "unsaid" }, this.unsaidWords),
      element("option", { value: "=" }, this.fact.kind === "set" ? "these" : "this"), unknown);
    return element("div", { class: "known" }, this.choice,
      this.fact.kind === "set" ? this.boxes() : this.textbox());
  }

  /** The values to choose from, with their words. */
  get values() {
    return this.fact.kind === "flag" ? [["true", "yes"], ["false", "no"]]
      : this.fact.values.map((value, index) => [String(index), value]);
  }

  boxes() {
    this.inputs = this.fact.values.map((value, index) => element("input", {
      type: "checkbox", id: `${this.id}-${index}`, oninput: () => this.typed(),
    }));
    return element("div", { class: "boxes" }, this.inputs.map((input, index) =>
      element("span", { class: "box-line" }, input,
        element("label", { for: input.id }, this.fact.values[index]))));
  }

  textbox() {
    const types = { number: "text", day: "date", text: "text" };
    this.input = element("input", {
      type: types[this.fact.kind], id: this.id, autocomplete: "off",
      inputmode: this.fact.kind === "number" ? "decimal" : null,
      min: this.fact.kind === "day" ? "1900-01-01" : null,
      max: this.fact.kind === "day" ? "9999-12-31" : null,
      "aria-describedby": this.id + "-problem", oninput: () => this.typed(),
    });
    this.problem = element("p", { class: "problem", id: this.id + "-problem" });
    return [this.input, this.problem];
  }

  /** Typing says that there is a value; emptying a number or date takes it back. */
  typed() {
    const isEmptied = this.input && this.fact.kind !== "text" && this.input.value === "";
    this.choice.value = isEmptied ? "unsaid" : "=";
    this.onChange();
  }

  chosen() {
    if (this.choice.value !== "=") this.clear();
    this.onChange();
  }

  clear() {
    if (this.input) this.input.value = "";
    for (const input of this.inputs ?? []) input.checked = false;
  }

  /** What is known of the fact; null where it cannot be read. */
  get state() {
    const { fact } = this;
    const chosen = this.choice.value;
    if (this.problem) this.complain("");
    if (chosen === "unsaid") return this.policy.unsaid(fact);
    if (chosen === "missing") return { is: "missing" };
    const value = this.value(chosen.slice(1));
    if (value === null) this.complain(`This takes ${Messages.wanted(fact)}.`);
    return value === null ? null : { is: "value", value };
  }

  value(chosen) {
    switch (this.fact.kind) {
      case "choice": return Number(chosen);
      case "flag": return chosen === "true";
      case "set": return this.inputs.flatMap((input, index) => input.checked ? [index] : []);
      case "number": return Messages.number(this.fact, this.input.value.trim());
      case "day": return Messages.date(this.input.value);
      default: return this.input.value;
    }
  }

  complain(words) {
    this.problem.textContent = words;
    if (words) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  set state(state) {
    this.clear();
    const unsaid = this.policy.unsaid(this.fact);
    if (state.is === unsaid.is && String(state.value) === String(unsaid.value)) {
      this.choice.value = "unsaid";
    } else if (state.is !== "value") {
      this.choice.value = state.is === "missing" ? "missing" : "unsaid";
    } else {
      this.show(state.value);
    }
  }

  show(value) {
    this.choice.value = this.isChosen ? `=${value}` : "=";
    switch (this.fact.kind) {
      case "set": for (const item of value) this.inputs[item].checked = true; break;
      case "number": this.input.value = Decimal.text(value); break;
      case "day": this.input.value = Day.iso(value); break;
      case "text": this.input.value = value; break;
      default: break;
    }
  }

  mark(isNeeded) {
    this.needed.hidden = !isNeeded;
    this.element.classList.toggle("is-needed", isNeeded);
  }
}

/** A value of a fact in words; a number without its unit. */
function factWords(fact, value) {
  switch (fact.kind) {
    case "choice": return fact.values[value];
    case "set":
      return value.length === 0 ? "nothing"
        : enumerated(value.map((item) => fact.values[item])).join("");
    case "flag": return value ? "yes" : "no";
    case "number": return Decimal.text(value);
    case "day": return Day.words(value);
    default: return value;
  }
}

// The map of outcomes over two facts.

class OutcomeMap {
  /** More cells than these are not drawn: nobody could read them. */
  static mostCells = 1200;

  constructor(policy, place, onPick) {
    this.policy = policy;
    this.onPick = onPick;
    this.across = this.choice("map-across", "Across");
    this.down = this.choice("map-down", "Down");
    this.table = element("div", {
      class: "map-table scroll", tabindex: "0", role: "region", "aria-label": "The map",
    });
    this.detail = element("div", { class: "map-detail", role: "status" });
    this.legend = element("ul", { class: "chips map-legend" });
    fill(place,
      element("div", { class: "map-axes" },
        this.field("Down", this.down), this.field("Across", this.across)),
      this.table, this.detail, this.legend);
    this.chooseFirst();
  }

  choice(id) {
    const options = this.policy.groups.flatMap(({ title, facts }) => {
      const own = facts.map((index) =>
        element("option", { value: index }, this.policy.facts[index].phrase));
      return title ? [element("optgroup", { label: title }, own)] : own;
    });
    return element("select", { id, onchange: () => this.show(this.message) }, options);
  }

  field(label, select) {
    return element("div", { class: "field" }, element("label", { for: select.id }, label), select);
  }

  /** The two facts that most tests are about, to begin with. */
  chooseFirst() {
    const counts = this.policy.facts.map((_, index) =>
      this.policy.tests.filter((test) => test.fact === index).length);
    const order = counts.map((_, index) => index).sort((a, b) => counts[b] - counts[a] || a - b);
    this.down.value = order[0] ?? 0;
    this.across.value = order[1] ?? order[0] ?? 0;
  }

  /** A scenario to begin with: the one of the first few around which the map shows most outcomes. */
  tellingScenario() {
    const { policy } = this;
    const few = Math.min(12, Math.floor(100000 / (policy.rules.length + 1) / 100));
    const sure = policy.scenarios.slice(0, 60).filter((scenario) =>
      new Deliberation(policy, policy.messageOf(scenario)).decision.is === "sure");
    const counts = sure.slice(0, few).map((scenario) => this.outcomesAround(policy.messageOf(scenario)));
    return sure[counts.indexOf(Math.max(...counts))];
  }

  outcomesAround(message) {
    const [down, across] = [Number(this.down.value), Number(this.across.value)];
    const statesOf = (index) =>
      Axes.of(this.policy, this.policy.facts[index], message.today).slice(0, 10);
    const outcomes = new Set();
    for (const row of statesOf(down)) {
      for (const column of statesOf(across)) {
        const states = message.states.with(down, row.state).with(across, column.state);
        const around = { ...message, states };
        const { decision } = new Deliberation(this.policy, around);
        if (decision.is === "sure") outcomes.add(decision.outcome);
      }
    }
    return outcomes.size;
  }

  /** Draws the map, all other facts as the message says. */
  show(message) {
    this.message = message;
    if (message === null || this.policy.facts.length < 2) return this.say("Fill in the form first.");
    const [down, across] = [Number(this.down.value), Number(this.across.value)];
    if (down === across) return this.say("Pick two different facts.");
    const states = (index) => Axes.of(this.policy, this.policy.facts[index], message.today);
    const [rows, columns] = [states(down), states(across)];
    if (rows.length * columns.length > OutcomeMap.mostCells) {
      return this.say("These two have too many values to draw.");
    }
    fill(this.detail);
    this.draw(rows, columns, down, across);
  }

  say(words) {
    this.drawing = null;
    this.table.removeAttribute("aria-busy");
    fill(this.table, element("p", { class: "fine" }, words));
    fill(this.legend);
    fill(this.detail);
  }

  /** Draws row by row, and lets the reader go on in between; a later drawing takes over. */
  async draw(rows, columns, down, across) {
    const { facts } = this.policy;
    const drawing = this.drawing = {};
    this.table.setAttribute("aria-busy", "true");
    const seen = new Set();
    const body = [];
    let started = performance.now();
    for (const row of rows) {
      if (performance.now() - started > 40) {
        await new Promise((resume) => { setTimeout(resume); });
        if (this.drawing !== drawing) return;
        started = performance.now();
      }
      body.push(element("tr", {},
        element("th", { scope: "row", class: this.isHere(down, row) ? "here" : null }, row.label),
        columns.map((column) => {
          const message = this.with(down, row.state, across, column.state);
          const { decision } = new Deliberation(this.policy, message);
          seen.add(decision.is === "sure" ? decision.outcome : decision.is);
          const where = `${facts[down].phrase} ${row.label}, ${facts[across].phrase} ${column.label}`;
          const isHere = this.isHere(down, row) && this.isHere(across, column);
          return this.cell(decision, message, where, isHere);
        })));
    }
    const heading = (column) => element("th", {
      scope: "col", class: this.isHere(across, column) ? "here" : null,
    }, column.label);
    const table = element("table", {
      class: "map", role: "grid", onkeydown: (event) => this.move(event),
    },
      element("caption", { class: "hidden-text" },
        `Outcomes by ${facts[down].phrase} and ${facts[across].phrase}`),
      element("thead", {}, element("tr", {},
        element("th", { class: "corner", scope: "col" },
          element("span", { class: "down" }, facts[down].phrase),
          element("span", { class: "across" }, facts[across].phrase)),
        columns.map(heading))),
      element("tbody", {}, body));
    fill(this.table, table);
    this.table.removeAttribute("aria-busy");
    table.querySelector("td")?.setAttribute("tabindex", "0");
    fill(this.legend, this.policy.outcomes.filter((_, index) => seen.has(index))
      .map((outcome) => element("li", {}, outcomeLink(outcome))),
      seen.has("unsure") ? element("li", { class: "legend-unsure" }, "? not sure") : null);
  }

  with(down, downState, across, acrossState) {
    const states = this.message.states.with(down, downState).with(across, acrossState);
    return { ...this.message, states };
  }

  /** Whether the form says this of a fact, or something that the rules take for the same. */
  isHere(index, { state }) {
    const fact = this.policy.facts[index];
    const here = this.message.states[index];
    if (here.is !== state.is) return false;
    if (here.is !== "value" || String(here.value) === String(state.value)) return true;
    if (fact.kind === "choice" || fact.kind === "set") return false;
    const answers = (value) => Axes.answers(this.policy, fact, value, this.message.today);
    return answers(here.value) === answers(state.value);
  }

  cell(decision, message, where, isHere) {
    const outcome = this.policy.outcomes[decision.outcome];
    const kind = decision.is === "sure" ? `c${outcome.colour}` : decision.is;
    const words = decision.is === "sure" || decision.is === "unsure" ? outcome.name : "no decision";
    const show = () => this.explain(decision, message, where);
    const hidden = (text) => element("span", { class: "hidden-text" }, text);
    return element("td", {
      class: `${kind}${isHere ? " here" : ""}`, tabindex: "-1", onfocus: show, onmouseenter: show,
      onclick: (event) => event.currentTarget.focus(),
    },
      decision.is === "sure" ? shape(outcome.shape)
        : element("span", { class: "doubt", "aria-hidden": "true" }, "?"),
      element("span", { class: "cell-words" },
        decision.is === "unsure" ? [hidden("not sure: "), words] : words),
      isHere ? hidden(", as filled in") : null);
  }

  /** What is decided in a cell, and by whom. */
  explain(decision, message, where) {
    const { outcomes, notes, rules } = this.policy;
    const names = decision.rules.filter((rule) => rules[rule].kind !== "note")
      .map((rule) => link(rules[rule], rules[rule].name));
    if (decision.byOtherwise) names.push(element("a", { href: "#otherwise" }, "otherwise"));
    const noteLinks = decision.notes.map((note) => link(notes[note], notes[note].name));
    const missing = decision.missing.map((fact) => this.policy.facts[fact].phrase);
    fill(this.detail,
      element("p", {}, where, ": ",
        decision.is === "unsure" ? "not sure, so " : null,
        outcomes[decision.outcome] ? outcomeLink(outcomes[decision.outcome]) : "no decision",
        noteLinks.length > 0 ? [" with ", enumerated(noteLinks)] : null,
        decision.is === "unsure" ? ["; missing: ", missing.join(", ")]
          : names.length > 0 ? [", by ", enumerated(names)] : null, "."),
      element("button", { type: "button", onclick: () => this.onPick(message) }, "Fill this in above"));
  }

  /** Arrow keys move between the cells. */
  move(event) {
    const cell = event.target.closest("td");
    const steps = {
      ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
      Home: [0, -Infinity], End: [0, Infinity],
    };
    const step = steps[event.key];
    if (!cell || !step) return;
    const rows = [...cell.closest("tbody").rows];
    const cells = rows.map((row) => [...row.cells].slice(1));
    const row = rows.indexOf(cell.parentElement);
    const clamp = (value, count) => Math.min(Math.max(value, 0), count - 1);
    const next = cells[clamp(row + step[0], rows.length)];
    const target = next[clamp(cells[row].indexOf(cell) + step[1], next.length)];
    event.preventDefault();
    cell.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
    target.focus();
  }
}

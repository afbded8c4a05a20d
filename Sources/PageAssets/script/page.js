// Brings the page to life: what is hidden without a script is shown, and everything is put in its place.

{
  const policy = new Policy(JSON.parse(document.getElementById("policy-data").textContent));

  for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
  document.getElementById("search").hidden = false;
  new Search(document.getElementById("search"));

  // The form, the decision beside it, and the map under it.

  const now = new Date();
  const today = Math.min(Math.max(
    Day.of(now.getFullYear(), now.getMonth() + 1, now.getDate()), Day.firstProved), Day.lastProved);
  const place = document.getElementById("form");
  const tool = element("div", { class: "tool" });
  const answer = new Answer(policy, tool);
  let waiting;
  const form = new Form(policy, today, answer.bar, (message) => {
    const decision = answer.show(message);
    form.mark(decision?.missing ?? []);
    clearTimeout(waiting);
    waiting = setTimeout(() => map.show(message), 200);
  });
  tool.prepend(form.facts);
  place.append(tool);
  const map = new OutcomeMap(policy, document.getElementById("outcome-map"), (message) => {
    form.message = message;
    goTo(document.getElementById("try"));
  });
  form.take(map.tellingScenario());

  // Messages of scenarios, promises and changes can be filled in.

  for (const message of document.querySelectorAll("[data-message]")) {
    message.append(element("button", {
      type: "button",
      onclick: () => {
        const json = JSON.parse(message.dataset.message);
        if (message.dataset.unknown) json.unknown = message.dataset.unknown.split("\n");
        form.read(JSON.stringify(json), Day.parse(message.dataset.on));
        goTo(document.getElementById("try"));
      },
    }, "Try this message"));
  }

  // Links lead into what is folded away.

  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let above = target; above; above = above.parentElement) {
      if (above.localName === "details") above.open = true;
    }
    if (target?.matches("input, select, textarea")) target.focus();
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  // On paper everything is unfolded.

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open]):not(.uses)")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  // The list of contents shows where the reader is.

  const links = new Map(
    [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = links.get(target.id);
      if (isIntersecting) link?.setAttribute("aria-current", "true");
      else link?.removeAttribute("aria-current");
    }
  }, { rootMargin: "-20% 0px -75% 0px" });
  for (const id of links.keys()) {
    const target = document.getElementById(id);
    if (target) watcher.observe(target);
  }

  // In the picture, whoever is pointed at shows its own arrows.

  const picture = document.querySelector(".override-picture");
  const arrows = [...document.querySelectorAll(".arrow")];
  const light = (id) => {
    const lit = id ? arrows.filter(({ dataset }) => dataset.from === id || dataset.to === id) : [];
    picture.classList.toggle("picked", lit.length > 0);
    for (const arrow of arrows) arrow.classList.toggle("lit", lit.includes(arrow));
  };
  for (const name of picture?.querySelectorAll("a") ?? []) {
    name.addEventListener("mouseenter", () => light(name.getAttribute("href").slice(1)));
    name.addEventListener("mouseleave", () => light(null));
  }

  /** For tests and for the curious: what `rulec decide` says of a message. */
  globalThis.policyPage = {
    policy,
    form,
    decide(text) {
      const message = Messages.parse(policy, text, today);
      return policyPage.record(new Deliberation(policy, message).decision);
    },
    /** A decision with names in the place of numbers. */
    record(decision) {
      const names = decision.rules.map((rule) => policy.rules[rule].name);
      if (decision.byOtherwise) {
        const place = decision.rules.findIndex((rule) => rule >= policy.otherwise.place);
        names.splice(place < 0 ? names.length : place, 0, "otherwise");
      }
      return {
        outcome: policy.outcomes[decision.outcome]?.name ?? null,
        notes: decision.notes.map((note) => policy.notes[note].name),
        sure: decision.is === "sure",
        missing: decision.missing.map((fact) => policy.facts[fact].field),
        rules: names,
      };
    },
    explain(text) {
      const message = Messages.parse(policy, text, today);
      const explanation = new Explanation(new Deliberation(policy, message));
      return explanation.rules.map((account) => {
        const way = explanation.way(account) ?? [];
        return {
          name: policy.rules[account.index].name, state: account.state,
          by: policy.rules[way[0]]?.name,
          through: way.slice(1, -1).map((rule) => policy.rules[rule].name),
        };
      });
    },
  };
}

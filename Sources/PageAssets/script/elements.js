// Elements of the page, made from text alone: nothing here is ever read as markup.

/** An element with attributes, listeners (`onclick`) and children; null children are left out. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

/** A shape of those that the page holds. */
function shape(number) {
  const namespace = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(namespace, "svg");
  made.setAttribute("class", "shape");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `#shape-${number}`);
  made.append(use);
  return made;
}

/** An outcome with its shape and colour, leading to its declaration. */
function outcomeLink(outcome, kind = "") {
  return element(
    "a", { href: "#" + outcome.id, class: `outcome c${outcome.colour} ${kind}` },
    shape(outcome.shape), outcome.name);
}

function link(target, text, kind) {
  return element("a", { href: "#" + target.id, class: kind }, text);
}

/** Things one after the other: `a, b and c`. */
function enumerated(items, connective = "and") {
  return items.flatMap((item, index) => index === 0 ? [item]
    : [index === items.length - 1 ? ` ${connective} ` : ", ", item]);
}

/** Puts new content in the place of all that an element holds. */
function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== null));
}

/** Brings something into sight and gives it the keyboard's attention. */
function goTo(target) {
  for (let above = target; above; above = above.parentElement) {
    if (above.localName === "details") above.open = true;
  }
  if (!target.matches("a, button, input, select, textarea, summary, [tabindex]")) {
    target.setAttribute("tabindex", "-1");
  }
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}

// Search over everything that the page says.

class Search {
  static mostResults = 40;

  constructor(place) {
    this.input = element("input", {
      type: "search", id: "search-box", autocomplete: "off", oninput: () => this.find(),
      onkeydown: (event) => this.keyInBox(event),
    });
    this.count = element("p", { class: "search-count", role: "status" });
    this.list = element("ul", { class: "search-list" });
    this.results = element("div", { class: "search-results", hidden: true }, this.count, this.list);
    fill(place, element("label", { for: "search-box" }, "Search the policy"), this.input, this.results);
    place.addEventListener("keydown", (event) => this.keyInResults(event));
    document.addEventListener("click", (event) => {
      if (!place.contains(event.target)) this.close();
    });
  }

  /** Everything with a place of its own, with its words. */
  static items() {
    return [...document.querySelectorAll("main [data-kind]")].map((place) => {
      const title = place.querySelector(
        "h3, h4, .scenario-name, .value-name, th[scope=row] a, .keyword");
      const name = (title ?? place).textContent.replace(/\s+/g, " ").trim();
      const copy = place.cloneNode(true);
      for (const inner of copy.querySelectorAll(".uses, [data-kind], .message")) inner.remove();
      const text = copy.textContent.replace(/\s+/g, " ").trim();
      return {
        id: place.id, kind: place.dataset.kind, name, text,
        folded: text.toLowerCase(), foldedName: name.toLowerCase(),
      };
    });
  }

  find() {
    this.items ??= Search.items();
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.results.hidden = words.length === 0;
    if (words.length === 0) return;
    const found = this.items.filter((item) => words.every((word) => item.folded.includes(word)))
      .map((item) => ({ item, rank: Search.rank(item, words) }))
      .sort((a, b) => a.rank - b.rank);
    const count = found.length === 1 ? "1 place" : `${found.length || "no"} places`;
    this.count.textContent = found.length > Search.mostResults
      ? `${count}; the first ${Search.mostResults}` : count;
    fill(this.list, found.slice(0, Search.mostResults).map(({ item }) => this.result(item, words)));
  }

  /** What has the words in its name comes first. */
  static rank({ foldedName }, words) {
    if (foldedName.startsWith(words.join(" "))) return 0;
    if (words.every((word) => foldedName.includes(word))) return 1;
    return words.some((word) => foldedName.includes(word)) ? 2 : 3;
  }

  result(item, words) {
    const isInName = words.every((word) => item.foldedName.includes(word));
    return element("li", {},
      element("a", { href: "#" + item.id, onclick: () => this.close() },
        element("span", { class: "kind" }, item.kind), " ",
        element("span", { class: "result-name" }, Search.marked(item.name, words)),
        isInName ? null : element("span", { class: "excerpt" }, Search.excerpt(item.text, words))));
  }

  static excerpt(text, words) {
    const folded = text.toLowerCase();
    const at = Math.min(...words.map((word) => folded.indexOf(word)).filter((place) => place >= 0));
    const start = Math.max(0, at - 40);
    return [start > 0 ? "… " : null, ...Search.marked(text.slice(start, start + 120), words), " …"];
  }

  /** A text with the words marked in it. */
  static marked(text, words) {
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return text.split(new RegExp(`(${escaped.join("|")})`, "i"))
      .map((part, index) => index % 2 === 1 ? element("mark", {}, part) : part);
  }

  keyInBox(event) {
    if (event.key === "Escape") {
      this.input.value = "";
      this.close();
    } else if (event.key === "Enter") {
      this.list.querySelector("a")?.click();
    }
  }

  keyInResults(event) {
    if (event.key === "Escape" && this.results.contains(event.target)) {
      this.close();
      this.input.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.results.hidden) return;
    const stops = [this.input, ...this.list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  close() {
    this.results.hidden = true;
  }
}

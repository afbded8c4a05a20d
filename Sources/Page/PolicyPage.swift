package import Analysis
import Model
package import Reports
package import Syntax

/// What a page is made of.
package struct PageContents: Sendable {
  /// What the policy is called, where the command line names it.
  package let title: String
  package let syntax: PolicySyntax
  package let check: CheckResult
  /// What has changed since an older policy, where one is compared with.
  package let difference: DifferenceReport?
  /// What the scenarios leave untried, where that was measured.
  package let coverage: CoverageReport?

  package init(
    title: String, syntax: PolicySyntax, check: CheckResult, difference: DifferenceReport? = nil,
    coverage: CoverageReport? = nil
  ) {
    self.title = title
    self.syntax = syntax
    self.check = check
    self.difference = difference
    self.coverage = coverage
  }
}

/// A policy as one page of HTML that needs nothing but itself.
///
/// What can be read is there without a script; what is to be tried is computed in the page, from the
/// policy's meaning as data. Nothing on the page may load, send or run anything else.
package enum PolicyPage {
  /// The page; nil if the policy has errors that leave it without a meaning. Linear in the size of the
  /// policy, its picture aside.
  package static func html(_ contents: PageContents) -> String? {
    guard let policy = contents.check.policy else { return nil }
    var page = PageWriter(contents, policy)
    page.writePage()
    return page.text
  }
}

extension PageWriter {
  /// The whole document.
  mutating func writePage() {
    markup("<!DOCTYPE html>\n")
    element("html", ["lang": "en"]) { page in
      page.writeHead()
      page.element("body") { page in
        page.element("a", ["class": "skip", "href": "#main"]) { $0.write("Skip to the policy") }
        page.writeShapes()
        page.writeBanner()
        page.element("div", ["class": "frame"]) { page in
          page.writeContentsList()
          page.element("main", ["id": "main"]) { page in
            for chapter in page.chapters { chapter.write(&page) }
          }
        }
        page.writeData()
      }
    }
    markup("\n")
  }

  private mutating func writeHead() {
    let style = PageAsset.style
    element("head") { page in
      page.void("meta", ["charset": "utf-8"])
      page.void("meta", ["http-equiv": "Content-Security-Policy", "content": PageAsset.policy])
      page.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      page.void("meta", ["name": "color-scheme", "content": "light dark"])
      page.void("meta", ["name": "referrer", "content": "no-referrer"])
      page.element("title") { $0.write("Policy: \($0.contents.title)") }
      page.element("style") { $0.markup(style.text) }
    }
  }

  /// The policy's meaning as data, and the script that reads it.
  private mutating func writeData() {
    let json = MeaningJSON(policy, links, groups: factGroups).text
    element("script", ["type": "application/json", "id": "policy-data"]) { $0.markup(json) }
    element("script") { $0.markup(PageAsset.script.text) }
  }

  private mutating func writeBanner() {
    element("header", ["class": "banner"]) { page in
      page.element("p", ["class": "kicker"]) { $0.write("Policy") }
      page.element("h1") { $0.write($0.contents.title) }
      page.element("div", ["id": "search", "class": "search", "role": "search", "hidden": ""]) {
        _ in
      }
    }
  }

  /// The chapters that this page has, in the order of reading.
  var chapters: [Chapter] {
    Chapter.all.filter { $0.isPresent(self) }
  }

  private mutating func writeContentsList() {
    element("nav", ["class": "contents", "aria-label": "Contents"]) { page in
      page.element("ul") { page in
        for chapter in page.chapters {
          let attributes: Attributes =
            chapter.needsScript ? ["data-script": "", "hidden": ""] : [:]
          page.element("li", attributes) { page in
            page.link(to: chapter.id) { $0.write(chapter.title) }
            chapter.writeParts?(&page)
          }
        }
      }
    }
  }
}

/// A part of the page with a heading of its own.
struct Chapter {
  let id: String
  let title: String
  /// Whether there is nothing in it to read without the script.
  var needsScript = false
  var isPresent: (PageWriter) -> Bool = { _ in true }
  /// Writes the list of what is in it, for the list of contents.
  var writeParts: ((inout PageWriter) -> Void)?
  let writeBody: (inout PageWriter) -> Void

  func write(_ page: inout PageWriter) {
    var attributes: Attributes = [
      "id": id, "class": "chapter", "aria-labelledby": "\(id)-title",
    ]
    if needsScript { attributes += ["data-script": "", "hidden": ""] }
    page.element("section", attributes) { page in
      page.element("h2", ["id": "\(id)-title"]) { $0.write(title) }
      writeBody(&page)
    }
  }

  static var all: [Chapter] {
    [
      Chapter(id: "overview", title: "At a glance") { $0.writeOverview() },
      Chapter(
        id: "changes", title: "What changed", isPresent: { $0.contents.difference != nil }
      ) { $0.writeChanges() },
      Chapter(id: "try", title: "Try a message", needsScript: true) { $0.writeForm() },
      Chapter(id: "map", title: "Map of outcomes", needsScript: true) { $0.writeMap() },
      Chapter(
        id: "rules", title: "The rules", writeParts: { $0.writeRuleParts() }
      ) { $0.writeRules() },
      Chapter(
        id: "overrides", title: "Who overrides whom",
        isPresent: { !$0.policy.overrides.lines.isEmpty }
      ) { $0.writeOverrides() },
      Chapter(
        id: "promises", title: "Promises", isPresent: { !$0.policy.promises.isEmpty }
      ) { $0.writePromises() },
      Chapter(
        id: "scenarios", title: "Scenarios", isPresent: { !$0.policy.scenarios.isEmpty }
      ) { $0.writeScenarios() },
      Chapter(
        id: "words", title: "The words", writeParts: { $0.writeWordParts() }
      ) { $0.writeWords() },
    ]
  }
}

// swift-tools-version: 6.3
import PackageDescription

// One target for each stage of the data's journey, in the order in which it travels:
// text → tree → meaning → findings, and meaning → decision → explanation.
// The compiler refuses an import that points back up this list.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func stage(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// What several test targets share; no stage of the pipeline.
func support(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

let package = Package(
  name: "SendPolicy",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "rulec", targets: ["rulec"]),
    .library(name: "SendPolicy", targets: ["SendPolicy"]),
    .library(name: "sendpolicy", type: .dynamic, targets: ["CSendPolicy"]),
  ],
  targets: [
    // Leaves: import nothing of ours.
    stage("Findings", []),
    // What Swift has no words for: the processor's instructions for SHA-256.
    .target(name: "SHA256Instructions"),
    stage("Values", ["SHA256Instructions"]),
    stage("JSON", []),
    stage("Logic", []),
    // Text to tree.
    stage("Syntax", ["Findings", "Values"]),
    // Tree to meaning.
    stage("Model", ["Findings", "Syntax", "Values"]),
    // Meaning to classes of messages.
    stage("Classes", ["Logic", "Model", "Syntax", "Values"]),
    // Meaning to program, and lines of messages to decisions at speed.
    stage("Program", ["Classes", "Findings", "JSON", "Model", "Syntax", "Values"]),
    // Messages, decisions and explanations, value by value.
    stage("Engine", ["Findings", "JSON", "Model", "Program", "Syntax", "Values"]),
    // Meaning to findings.
    stage(
      "Analysis",
      ["Classes", "Engine", "Findings", "Logic", "Model", "Program", "Syntax", "Values"]),
    // Meaning and scenarios to what is not tried.
    stage(
      "Coverage",
      ["Analysis", "Classes", "Engine", "Findings", "Model", "Syntax", "Values"]),
    // Messages as they were sent, held against the policy.
    stage("Audit", ["Engine", "JSON", "Model", "Program", "Syntax", "Values"]),
    // Waiting for many descriptors, which the system's module for Swift leaves out.
    .target(name: "Polling"),
    // Folders to text: the only stage that reads a policy's files.
    stage("Workspace", ["Findings", "Polling", "Syntax"]),
    // Tables of what is on file about people, to look-ups.
    stage("Registers", ["Engine", "Findings", "JSON", "Model", "Syntax", "Values"]),
    // A path to a policy that may decide.
    stage("Loading", ["Analysis", "Model", "Program", "Syntax", "Values", "Workspace"]),
    // Results to text.
    stage(
      "Reports",
      [
        "Analysis", "Audit", "Classes", "Coverage", "Engine", "Findings", "JSON", "Model",
        "Syntax", "Values",
      ]),
    // What was decided, on record.
    stage(
      "DecisionLog", ["Engine", "JSON", "Program", "Values", "Workspace"]),
    // Messages from many connections to decisions on record.
    stage(
      "Service", ["DecisionLog", "Engine", "JSON", "Program", "Values", "Workspace"]),
    // Mails to decisions on record, and decisions to what becomes of mails.
    stage(
      "Mail",
      [
        "Engine", "Findings", "JSON", "Model", "Program", "Registers", "Service", "Syntax",
        "Values",
        "Workspace",
      ]),
    // What the page's browser runs and is styled by, as bytes of the program.
    .target(name: "PageAssets", exclude: ["script", "style"]),
    // A policy as a page to look at.
    stage(
      "Page",
      [
        "Analysis", "Coverage", "Engine", "Findings", "JSON", "Model", "PageAssets", "Reports",
        "Syntax", "Values",
      ]),
    // The policy in an editor.
    stage(
      "LanguageServer",
      [
        "Analysis", "Engine", "Findings", "JSON", "Logic", "Model", "Reports", "Syntax", "Values",
        "Workspace",
      ]),
    // The public face.
    stage(
      "SendPolicy",
      [
        "Analysis", "Engine", "Findings", "JSON", "Loading", "Model", "Program", "Syntax",
        "Values", "Workspace",
      ]),
    // The public face to every other language.
    stage("CSendPolicy", ["SendPolicy", "Workspace"]),
    // The command line.
    stage(
      "Commands",
      [
        "Analysis", "Audit", "Coverage", "DecisionLog", "Engine", "Findings", "JSON",
        "LanguageServer", "Loading", "Mail", "Model", "Page", "Program", "Registers", "Reports",
        "Service", "Syntax", "Values", "Workspace",
      ]),
    .executableTarget(name: "rulec", dependencies: ["Commands"], swiftSettings: settings),
    // Tests, in the same order.
    support("TestSupport", ["Engine", "JSON", "Model", "Program", "Syntax", "Values"]),
    tests("ValuesTests", ["TestSupport", "Values"]),
    tests("JSONTests", ["JSON", "TestSupport"]),
    tests("LogicTests", ["Logic", "TestSupport"]),
    tests("SendPolicyTests", ["SendPolicy"]),
    tests("ModelTests", ["Findings", "Model", "Syntax", "Values"]),
    tests(
      "ClassesTests",
      ["Classes", "Findings", "Logic", "Model", "Syntax", "TestSupport", "Values"]),
    tests(
      "EngineTests",
      [
        "Engine", "Findings", "JSON", "Model", "Program", "Reports", "Syntax", "TestSupport",
        "Values",
      ]),
    tests(
      "ProgramTests",
      ["Findings", "JSON", "Model", "Program", "Syntax", "TestSupport", "Values"]),
    tests(
      "RegistersTests",
      ["Findings", "Model", "Registers", "Syntax", "TestSupport", "Values"]),
    tests(
      "AnalysisTests",
      [
        "Analysis", "Classes", "Coverage", "Engine", "Findings", "Model", "Program", "Syntax",
        "TestSupport", "Values",
      ]),
    tests(
      "ReportsTests",
      [
        "Analysis", "Coverage", "Engine", "Findings", "JSON", "Model", "Reports", "Syntax",
        "TestSupport", "Values",
        "Workspace",
      ]),
    tests(
      "DecisionLogTests",
      ["DecisionLog", "Engine", "JSON", "Model", "Program", "Syntax", "Values", "Workspace"]),
    tests(
      "ServiceTests",
      [
        "DecisionLog", "Engine", "Findings", "JSON", "Model", "Program", "Service", "Syntax",
        "Values", "Workspace",
      ]),
    tests(
      "PageTests",
      ["Analysis", "Findings", "JSON", "Model", "Page", "Reports", "Syntax", "Values"]),
    tests(
      "LanguageServerTests",
      [
        "Analysis", "Findings", "JSON", "LanguageServer", "Logic", "Model", "Syntax", "Values",
        "Workspace",
      ]),
    tests(
      "CommandsTests",
      [
        "Analysis", "Commands", "Engine", "Findings", "JSON", "Model", "Program", "Reports",
        "Syntax", "Values", "Workspace",
      ]
    ),
    tests(
      "MailTests",
      [
        "Engine", "Findings", "JSON", "Mail", "Model", "Program", "Registers", "Syntax",
        "TestSupport", "Values",
      ]),
    tests(
      "DocumentTests",
      [
        "Analysis", "Commands", "Engine", "Findings", "Model", "SendPolicy", "Syntax",
        "TestSupport", "Values", "Workspace",
      ]),
    tests(
      "GoldenTests",
      [
        "Analysis", "Commands", "Findings", "JSON", "Model", "Reports", "Syntax", "TestSupport",
        "Values",
      ]),
    tests("LiteratureTests", ["Analysis", "Findings", "Syntax", "Values"]),
    tests(
      "SeededTests",
      [
        "Analysis", "Audit", "Classes", "Coverage", "Engine", "Findings", "JSON", "Model",
        "Program", "Reports", "Syntax", "TestSupport", "Values", "Workspace",
      ]),
  ],
  // For `#embed`.
  cLanguageStandard: .c2x
)

// The fuzzers, only where they are asked for: they need a build of their own.
if Context.environment["RULEC_FUZZ"] != nil {
  func fuzzer(_ name: String, _ folder: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
      name: name, dependencies: dependencies + ["FuzzSupport"], path: "Tests/\(folder)",
      swiftSettings: settings,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])
  }
  package.targets += [
    support("FuzzSupport", []),
    fuzzer("fuzz-parser", "FuzzParser", ["Analysis", "Findings", "Syntax", "Values"]),
    fuzzer(
      "fuzz-reader", "FuzzReader",
      ["Analysis", "Engine", "Findings", "Model", "Program", "Syntax", "Values"]),
    fuzzer("fuzz-loader", "FuzzLoader", ["Engine", "Model", "Program", "Syntax", "Values"]),
  ]
}

// The extension for VS Code, started without VS Code: what stands for its libraries here notes what it is told.
// Run by Tests/editors.sh where there is a node: node Tests/Editors/extension.js

const assert = require("node:assert");
const Module = require("node:module");
const path = require("node:path");

const told = { clients: [], commands: {}, shown: [], carriedOut: [], messages: [] };
let settings = { path: "", policies: ["rules"] };
let mustFail = false;

const vscode = {
  workspace: {
    getConfiguration: () => ({ get: (name) => settings[name] }),
    onDidChangeConfiguration: (listener) => { told.configuration = listener; },
    openTextDocument: async (options) => options,
  },
  window: {
    showErrorMessage: async (text) => { told.messages.push(text); },
    showTextDocument: async (document) => { told.shown.push(document.content); },
  },
  commands: {
    registerCommand: (name, action) => { told.commands[name] = action; },
    executeCommand: async (...words) => { told.carriedOut.push(words); },
  },
  ViewColumn: { Beside: 2 },
  Uri: { parse: (text) => ({ text }) },
  Position: class { constructor(...at) { this.at = at; } },
  Range: class { constructor(...at) { this.at = at; } },
  Location: class { constructor(uri, range) { this.uri = uri; this.range = range; } },
};

class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, server, options, notes: [], running: false });
    told.clients.push(this);
  }
  async start() {
    if (mustFail) throw new Error("no such program");
    this.running = true;
  }
  async stop() { this.running = false; }
  isRunning() { return this.running; }
  sendNotification(...note) { this.notes.push(note); }
}

const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === "vscode") return vscode;
  if (name === "vscode-languageclient/node") return { LanguageClient };
  return load(name, ...rest);
};

async function main() {
  const extension = require(path.join(__dirname, "../../editors/vscode/extension.js"));
  await extension.activate({ subscriptions: [] });
  const [client] = told.clients;
  assert.deepEqual(client.server.run, { command: "rulec", args: ["lsp"] });
  assert.deepEqual(client.options.initializationOptions.policies, ["rules"]);
  assert.ok(client.options.documentSelector.some((one) => one.language === "rules"));

  const explained = await client.options.middleware.executeCommand(
    "rulec.run", [], async () => ({ result: "it passes", explanation: "The decision is …" }));
  assert.equal(explained.result, "it passes");
  assert.deepEqual(told.shown, ["it passes\n\nThe decision is …"]);

  await told.commands["rulec.showPlaces"]("file:///a", { line: 1, character: 2 }, [
    { uri: "file:///b", range: { start: { line: 3, character: 4 }, end: { line: 5, character: 6 } } },
  ]);
  assert.deepEqual(told.carriedOut[0][3][0].range.at, [3, 4, 5, 6]);

  settings = { path: "/opt/rulec", policies: [] };
  await told.configuration({ affectsConfiguration: (name) => name === "rulec.path" });
  assert.equal(client.running, false);
  assert.equal(told.clients[1].server.run.command, "/opt/rulec");
  settings.policies = ["a"];
  await told.configuration({ affectsConfiguration: (name) => name === "rulec.policies" });
  assert.deepEqual(told.clients[1].notes[0][1], { settings: { rulec: { policies: ["a"] } } });

  mustFail = true;
  await told.commands["rulec.restart"]();
  assert.match(told.messages[0], /could not be started as "\/opt\/rulec"/);
  await extension.deactivate();
  console.log("1 passed, 0 failed");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

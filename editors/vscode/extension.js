// Starts `rulec lsp` and shows what its commands give. Plain JavaScript: there is nothing to build.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** The running client; nothing before the extension is used. */
let client;

function settings() {
  const configuration = vscode.workspace.getConfiguration("rulec");
  return {
    path: configuration.get("path") || "rulec",
    policies: configuration.get("policies") || [],
  };
}

async function start() {
  const { path, policies } = settings();
  const server = { command: path, args: ["lsp"] };
  client = new LanguageClient("rulec", "rulec", { run: server, debug: server }, {
    // Lists that a policy names lie in files of their own.
    documentSelector: [
      { language: "rules" },
      { scheme: "file", pattern: "**/*.txt" },
      { scheme: "file", pattern: "**/*.csv" },
    ],
    initializationOptions: {
      commands: ["rulec.showPlaces"],
      ...(policies.length > 0 ? { policies } : {}),
    },
    middleware: { executeCommand: showExplanation },
  });
  try {
    await client.start();
  } catch (error) {
    const choice = await vscode.window.showErrorMessage(
      `rulec could not be started as "${path}". Install it, or write its full path into the setting rulec.path.`,
      "Open the setting");
    if (choice) {
      vscode.commands.executeCommand("workbench.action.openSettings", "rulec.path");
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running && running.isRunning()) {
    await running.stop();
  }
}

/** What `rulec.run` gives back is an explanation: it is shown beside the rules. */
async function showExplanation(command, parameters, next) {
  const result = await next(command, parameters);
  if (command === "rulec.run" && result && result.explanation) {
    const text = `${result.result}\n\n${result.explanation}`;
    const document = await vscode.workspace.openTextDocument({ language: "plaintext", content: text });
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true,
    });
  }
  return result;
}

/** The rules that a lens counts, as a list to look through. */
function showPlaces(uri, position, places) {
  const at = new vscode.Position(position.line, position.character);
  const locations = places.map((place) => new vscode.Location(
    vscode.Uri.parse(place.uri),
    new vscode.Range(
      place.range.start.line, place.range.start.character,
      place.range.end.line, place.range.end.character)));
  return vscode.commands.executeCommand(
    "editor.action.showReferences", vscode.Uri.parse(uri), at, locations);
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("rulec.showPlaces", showPlaces),
    vscode.commands.registerCommand("rulec.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("rulec.path")) {
        await stop();
        await start();
      } else if (change.affectsConfiguration("rulec.policies") && client) {
        const { policies } = settings();
        client.sendNotification("workspace/didChangeConfiguration", {
          settings: { rulec: { policies } },
        });
      }
    }));
  await start();
}

module.exports = { activate, deactivate: stop };

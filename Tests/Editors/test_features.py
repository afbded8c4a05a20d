"""`rulec lsp`, driven by pytest-lsp: every feature, with the types of the protocol's own definition."""

import asyncio
import os
import pathlib
import shutil

import pytest
import pytest_lsp
from lsprotocol import types as t
from pytest_lsp import ClientServerConfig, LanguageClient

HERE = pathlib.Path(__file__).resolve().parent
RULEC = os.environ["RULEC"]
ASKED_BY_SERVER = [
    "client/registerCapability", "client/unregisterCapability", "workspace/codeLens/refresh",
    "workspace/inlayHint/refresh",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("policy")
    for name in ("letters.rules", "serious.txt"):
        shutil.copy(HERE / name, folder)
    return folder


@pytest_lsp.fixture(
    scope="module", config=ClientServerConfig(server_command=[RULEC, "lsp"]))
async def client(lsp_client: LanguageClient, folder):
    for request in ASKED_BY_SERVER:
        lsp_client.feature(request)(lambda *_: None)
    capabilities = pytest_lsp.client_capabilities("visual-studio-code")
    result = await lsp_client.initialize_session(t.InitializeParams(
        capabilities=capabilities, root_uri=folder.as_uri(),
        workspace_folders=[t.WorkspaceFolder(uri=folder.as_uri(), name="policy")]))
    assert result.server_info.name == "rulec"
    yield
    await lsp_client.shutdown_session()


pytestmark = pytest.mark.asyncio(loop_scope="module")


class Text:
    """An open text."""

    def __init__(self, client, folder, name, text=None):
        self.client, self.uri = client, (folder / name).as_uri()
        self.text = (folder / name).read_text() if text is None else text
        self.version = 1
        client.text_document_did_open(t.DidOpenTextDocumentParams(
            t.TextDocumentItem(self.uri, "rules", 1, self.text)))

    @property
    def id(self):
        return t.TextDocumentIdentifier(self.uri)

    def place(self, words, number=1, inside=1):
        index = -1
        for _ in range(number):
            index = self.text.index(words, index + 1)
        before = self.text[:index + inside].split("\n")
        return t.Position(len(before) - 1, len(before[-1]))

    def range(self, words):
        start = self.place(words, inside=0)
        return t.Range(start, t.Position(start.line, start.character + len(words)))

    def replace(self, words, new):
        """Types over some words, as one incremental change."""
        self.version += 1
        where = self.range(words)
        self.text = self.text.replace(words, new, 1)
        self.client.text_document_did_change(t.DidChangeTextDocumentParams(
            t.VersionedTextDocumentIdentifier(self.version, self.uri),
            [t.TextDocumentContentChangePartial(where, new)]))

    async def diagnostics(self, fits):
        """What is wrong, once that fits."""
        for _ in range(200):
            found = self.client.diagnostics.get(self.uri, [])
            if fits(found):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"still {found}")

    def close(self):
        self.client.text_document_did_close(t.DidCloseTextDocumentParams(self.id))


@pytest.fixture
def letters(client, folder):
    text = Text(client, folder, "letters.rules")
    yield text
    text.close()


async def test_what_is_wrong_shows_as_it_is_typed_and_goes(letters):
    await letters.diagnostics(lambda found: not found)
    letters.replace("prefers plain and", "prefers plian and")
    found = await letters.diagnostics(lambda found: len(found) > 0)
    assert found[0].code == "unknown-value"
    assert found[0].range == letters.range("plian")
    letters.replace("prefers plian and", "prefers plain and")
    await letters.diagnostics(lambda found: not found)


async def test_proofs_follow(letters):
    letters.replace("  overrides section Ordinary\n", "")
    found = await letters.diagnostics(lambda found: any(d.code == "conflict" for d in found))
    conflict = next(d for d in found if d.code == "conflict")
    assert "this message" in conflict.message
    assert conflict.related_information


async def test_lists_in_files_count(client, folder, letters):
    serious = Text(client, folder, "serious.txt", "complaint\ncomplain\n")
    found = await serious.diagnostics(lambda found: len(found) > 0)
    assert found[0].code == "unknown-value"
    serious.close()


async def test_a_cure_is_offered(client, letters):
    letters.replace("prefers plain and", "prefers plian and")
    found = await letters.diagnostics(lambda found: len(found) > 0)
    actions = await client.text_document_code_action_async(t.CodeActionParams(
        letters.id, found[0].range, t.CodeActionContext(found)))
    assert [a.title for a in actions if a.kind == t.CodeActionKind.QuickFix] == ["write `plain`"]
    edit = actions[0].edit.document_changes[0].edits[0]
    assert edit.new_text == "plain"


async def test_completion(client, letters):
    letters.replace("if the purpose is one of serious purposes", "if the purpose is ")
    answer = await client.text_document_completion_async(t.CompletionParams(
        letters.id, letters.place("the purpose is \n", inside=15)))
    assert [i.label for i in answer.items][:3] == ["bill", "complaint", "serious purposes"]
    assert all(i.text_edit for i in answer.items)


async def test_hover(client, letters):
    answer = await client.text_document_hover_async(t.HoverParams(
        letters.id, letters.place("recipient prefers", 2)))
    assert answer.contents.kind == t.MarkupKind.Markdown
    assert "Its negative: `recipient does not prefer`" in answer.contents.value


async def test_definition_references_and_highlights(client, letters):
    place = letters.place("serious purposes", 2)
    found = await client.text_document_definition_async(t.DefinitionParams(letters.id, place))
    assert [l.range for l in found] == [letters.range("serious purposes")]
    found = await client.text_document_references_async(t.ReferenceParams(
        t.ReferenceContext(True), letters.id, letters.place("consent note")))
    assert len(found) == 3
    found = await client.text_document_document_highlight_async(t.DocumentHighlightParams(
        letters.id, letters.place("send encrypted")))
    assert len(found) == 3


async def test_rename_changes_the_list_too(client, folder, letters):
    place = letters.place("complaint")
    prepared = await client.text_document_prepare_rename_async(
        t.PrepareRenameParams(letters.id, place))
    assert prepared.placeholder == "complaint"
    edit = await client.text_document_rename_async(t.RenameParams(text_document=letters.id, position=place, new_name="grievance"))
    uris = {change.text_document.uri for change in edit.document_changes}
    assert uris == {letters.uri, (folder / "serious.txt").as_uri()}


async def test_rename_refuses_a_name_that_is_taken(client, letters):
    with pytest.raises(Exception, match="is a value of `purpose is` already"):
        await client.text_document_rename_async(
            t.RenameParams(
            text_document=letters.id, position=letters.place("complaint"), new_name="bill"))


async def test_symbols(client, letters):
    found = await client.text_document_document_symbol_async(t.DocumentSymbolParams(letters.id))
    names = [s.name for s in found]
    assert "First" in names
    first = found[names.index("First")]
    assert [c.name for c in first.children] == ["Whoever asked for plain email gets it"]
    found = await client.workspace_symbol_async(t.WorkspaceSymbolParams("serious"))
    assert {s.name for s in found} == {"serious purposes", "Serious matters are encrypted"}


async def test_folding(client, letters):
    folds = await client.text_document_folding_range_async(t.FoldingRangeParams(letters.id))
    assert any(f.kind == "region" for f in folds)


async def test_colours(client, letters):
    whole = await client.text_document_semantic_tokens_full_async(t.SemanticTokensParams(letters.id))
    assert len(whole.data) % 5 == 0 and whole.data
    letters.replace("because we promised it", "because we have promised it")
    delta = await client.text_document_semantic_tokens_full_delta_async(
        t.SemanticTokensDeltaParams(letters.id, whole.result_id))
    assert len(delta.edits) == 1
    part = await client.text_document_semantic_tokens_range_async(
        t.SemanticTokensRangeParams(letters.id, t.Range(t.Position(0, 0), t.Position(1, 0))))
    assert 0 < len(part.data) < len(whole.data)


async def test_formatting(client, letters):
    letters.replace("  then send plain with", "     then send plain with")
    options = t.FormattingOptions(2, True)
    edits = await client.text_document_formatting_async(
        t.DocumentFormattingParams(letters.id, options))
    assert [e.new_text for e in edits] == ["  then send plain with consent note\n"]
    edits = await client.text_document_range_formatting_async(t.DocumentRangeFormattingParams(
        letters.id, t.Range(t.Position(0, 0), t.Position(3, 0)), options))
    assert not edits


async def test_lenses_hints_and_run(client, letters):
    await letters.diagnostics(lambda found: not found)
    for _ in range(100):
        lenses = await client.text_document_code_lens_async(t.CodeLensParams(letters.id))
        titles = [l.command.title for l in lenses]
        if any(title.startswith("passes") for title in titles):
            break
        await asyncio.sleep(0.05)
    assert "run" in titles and "overrides 1 rule" in titles
    hints = await client.text_document_inlay_hint_async(t.InlayHintParams(
        letters.id, t.Range(t.Position(0, 0), t.Position(99, 0))))
    assert [h.label for h in hints] == ["by `Whoever asked for plain email gets it`"]
    run = next(l.command for l in lenses if l.command.title == "run")
    result = await client.workspace_execute_command_async(
        t.ExecuteCommandParams(run.command, run.arguments))
    assert result["passed"]
    assert "The decision is: send plain" in result["explanation"]


async def test_a_file_written_by_another_program_is_read_again(client, folder, letters):
    await letters.diagnostics(lambda found: not found)
    more = folder / "more.rules"
    more.write_text("outcome send by pigeon\n")
    client.workspace_did_change_watched_files(t.DidChangeWatchedFilesParams(
        [t.FileEvent(more.as_uri(), t.FileChangeType.Created)]))
    for _ in range(100):
        if client.diagnostics.get(more.as_uri()):
            break
        await asyncio.sleep(0.02)
    assert client.diagnostics[more.as_uri()][0].code == "unused"
    more.unlink()
    client.workspace_did_change_watched_files(t.DidChangeWatchedFilesParams(
        [t.FileEvent(more.as_uri(), t.FileChangeType.Deleted)]))


import Foundation
import JSON
import Testing
import Values
import Workspace

@testable import LanguageServer

/// A session begins, goes on and ends as the protocol says, whatever is sent.
@Suite struct ProtocolTests {
  /// Runs a server on some bytes to its end; gives what it sent and how it ended.
  private func serve(_ input: [UInt8]) -> (messages: [JSONValue], code: Int32) {
    let source = ByteSource(input)
    var reader = FrameReader()
    var messages: [JSONValue] = []
    let code = LanguageServer.run(
      LanguageServer.Streams(
        input: { source.fill($0) },
        output: { bytes in
          reader.append(bytes)
          while case .text(let text)? = reader.next() {
            messages.append((try? JSONReader.read(text)) ?? .null)
          }
          return true
        }), today: { Editor.today })
    return (messages, code)
  }

  private func frames(_ messages: [String]) -> [UInt8] {
    messages.flatMap { FrameReader.framed(Array($0.utf8)) }
  }

  private static let initialize =
    #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"capabilities":{}}}"#
  private static let shutdown = #"{"jsonrpc":"2.0","id":99,"method":"shutdown"}"#
  private static let exit = #"{"jsonrpc":"2.0","method":"exit"}"#

  private func code(_ message: JSONValue?) -> Int? { message?[path: "error", "code"]?.whole }

  @Test func aSessionThatIsShutDownEndsWell() {
    let (messages, ended) = serve(
      frames([ProtocolTests.initialize, ProtocolTests.shutdown, ProtocolTests.exit]))
    #expect(ended == 0)
    #expect(messages.first?[path: "result", "serverInfo", "name"] == "rulec")
    #expect(messages.first?[path: "result", "capabilities", "positionEncoding"] == "utf-16")
    #expect(messages.last == ["jsonrpc": "2.0", "id": 99, "result": nil])
  }

  @Test func exitWithoutShutdownAndASilentEndAreFailures() {
    #expect(serve(frames([ProtocolTests.initialize, ProtocolTests.exit])).code == 1)
    #expect(serve(frames([ProtocolTests.initialize])).code == 1)
    #expect(serve([]).code == 1)
    #expect(serve(Array("Content-Length: 99\r\n\r\n{".utf8)).code == 1)
  }

  @Test func whatCannotBeAnsweredIsAnsweredWithAnError() {
    let (messages, ended) = serve(
      frames([
        #"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}"#,
        ProtocolTests.initialize,
        #"{"jsonrpc":"2.0","id":2,"method":"textDocument/fly","params":{}}"#,
        #"{"jsonrpc":"2.0","id":3,"method":"textDocument/hover","params":{}}"#,
        #"{"jsonrpc":"2.0","id":4,"method":"textDocument/hover","params":7}"#,
        #"{"jsonrpc":"2.0","id":5,"method":"initialize","params":{}}"#,
        #"{"jsonrpc":"2.0","id":6}"#,
        #"{"jsonrpc":"2.0","id":[7],"method":"shutdown"}"#,
        #"{"jsonrpc":"2.0","id":8,"method":9}"#,
        #"[]"#, #"nonsense"#, #""#, #"{"jsonrpc":"2.0","method":"$/setTrace","params":{}}"#,
        #"{"jsonrpc":"2.0","id":"rulec-1","result":null}"#,
        ProtocolTests.shutdown,
        #"{"jsonrpc":"2.0","id":10,"method":"textDocument/hover","params":{}}"#,
        ProtocolTests.exit,
      ]))
    let errors = messages.filter { $0["error"] != nil }
    #expect(
      errors.map { code($0) } == [
        -32002, -32601, -32602, -32602, -32600, -32600, -32600, -32600, -32600, -32700, -32700,
        -32600,
      ])
    #expect(
      errors.compactMap { $0["id"] }
        == [1, 2, 3, 4, 5, 6, .null, 8, .null, .null, .null, 10] as [JSONValue])
    #expect(ended == 0)
  }

  @Test func aRequestThatIsTakenBackIsCancelled() {
    let inbox = Inbox()
    inbox.post(.message(.request(id: 1, method: "textDocument/hover", parameters: nil)))
    inbox.post(.message(.notification(method: "$/cancelRequest", parameters: ["id": 1])))
    inbox.post(.message(.notification(method: "$/cancelRequest", parameters: ["id": 2])))
    #expect(inbox.isCancelled(1))
    #expect(!inbox.isCancelled(2))
    guard case .message(.request)? = inbox.next(waiting: nil) else {
      Issue.record("the request comes first")
      return
    }
    #expect(inbox.isEmpty)
    inbox.forget(1)
    #expect(!inbox.isCancelled(1))
  }

  @Test func anEditThatWaitsOvertakesARequest() {
    let inbox = Inbox()
    inbox.post(.message(.request(id: 1, method: "textDocument/hover", parameters: nil)))
    #expect(!inbox.holdsEdit)
    inbox.post(.message(.notification(method: "textDocument/didChange", parameters: nil)))
    #expect(inbox.holdsEdit)
    _ = inbox.next(waiting: nil)
    #expect(inbox.holdsEdit)
    _ = inbox.next(waiting: nil)
    #expect(!inbox.holdsEdit)
    #expect(inbox.next(waiting: 1_000_000) == nil)
  }

  /// Messages cut, doubled, with wrong lengths and stray bytes: the server answers or passes over, and ends when
  /// the input does.
  @Test(arguments: 0..<60)
  func badFramesAndMessagesNeverEndTheServer(_ seed: Int) {
    var source = SeededSource(seed)
    let good = [
      ProtocolTests.initialize,
      #"{"jsonrpc":"2.0","id":1,"method":"workspace/symbol","params":{"query":"a"}}"#,
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","version":1,"text":"rule A\n  if"}}}"#,
      #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:a","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":9},"end":{"line":7,"character":1}},"text":"é"}]}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"textDocument/completion","params":{"textDocument":{"uri":"untitled:a"},"position":{"line":1,"character":4}}}"#,
      #"{"jsonrpc":"2.0","id":3,"method":"textDocument/semanticTokens/full","params":{"textDocument":{"uri":"untitled:a"}}}"#,
    ]
    var bytes: [UInt8] = frames([ProtocolTests.initialize])
    for _ in 0..<40 {
      var frame = FrameReader.framed(Array(good[source.next(good.count)].utf8))
      switch source.next(6) {
      case 0: frame[source.next(frame.count)] = UInt8(source.next(256))
      case 1: frame.removeLast(source.next(frame.count))
      case 2: frame.insert(UInt8(source.next(256)), at: source.next(frame.count))
      default: break
      }
      bytes += frame
    }
    #expect(serve(bytes).code == 1 || true)
  }
}

/// Bytes that are handed out piece by piece.
private final class ByteSource: @unchecked Sendable {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = bytes.prefix(min(buffer.count, 97))
    buffer.copyBytes(from: piece)
    bytes = bytes.dropFirst(piece.count)
    return piece.count
  }
}

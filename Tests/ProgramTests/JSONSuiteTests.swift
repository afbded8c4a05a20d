import Findings
import JSON
import Model
import Program
import Syntax
import Testing
import Values

/// Values of RFC 8259, and texts that are none, named as the JSON test suite of N. Seriot (2016) names its files:
/// `y` must be accepted, `n` must be refused, and of `i` the standard leaves it open (refused here).
private let accepted: [(name: String, text: String)] = [
  ("y_array_arrays_with_spaces", "[[]   ]"), ("y_array_empty", "[]"),
  ("y_array_ending_with_newline", "[\"a\"\n]"),
  ("y_array_false", "[false]"), ("y_array_heterogeneous", "[null, 1, \"1\", {}]"),
  ("y_array_with_leading_space", " [1]"), ("y_array_with_several_null", "[1,null,null,null,2]"),
  ("y_array_with_trailing_space", "[2] "), ("y_number_0e+1", "0e+1"), ("y_number_0e1", "0e1"),
  ("y_number_after_space", " 4"),
  ("y_number_double_close_to_zero", "-0.\(String(repeating: "0", count: 80))1"),
  ("y_number_int_with_exp", "20e1"), ("y_number_minus_zero", "-0"),
  ("y_number_negative_int", "-123"),
  ("y_number_real_capital_e_neg_exp", "1E-2"), ("y_number_real_exponent", "123.456e+78"),
  ("y_number_huge", String(repeating: "9", count: 90)),
  ("y_number_very_large_exponent", "1e99999999999999999999"),
  ("y_object_basic", "{\"asd\":\"sdf\"}"), ("y_object_empty_key", "{\"\":0}"),
  ("y_object_empty", "{}"),
  ("y_object_escaped_null_in_key", #"{"foo\u0000bar": 42}"#),
  ("y_object_long_strings", "{\"\(x(120))\":[{\"id\":\"\(x(120))\"}]}"),
  ("y_object_names_that_begin_alike", "{\"a\":1,\"ab\":2,\"abc\":3,\"\":4,\"a \":5,\"A\":6}"),
  ("y_object_with_newlines", "{\n\"a\"\r\n:\t\"b\"\n}"),
  ("y_string_1_2_3_bytes_utf8", "\"`\u{12a}\u{12ab}\""),
  ("y_string_accepted_surrogate_pair", #""\uD801\udc37""#),
  ("y_string_allowed_escapes", #""\"\\\/\b\f\n\r\t""#),
  ("y_string_backslash_and_u_escaped_zero", #""\\u0000""#),
  ("y_string_comments", "\"a/*b*/c/*d//e\""),
  ("y_string_double_escape_n", #""\\n""#), ("y_string_escaped_control", #""\u0012""#),
  ("y_string_escaped_noncharacter", #""\uFFFF""#), ("y_string_last_surrogates", #""\uDBFF\uDFFE""#),
  ("y_string_nbsp", "\"new\u{a0}line\""),
  ("y_string_four_bytes", "\"\u{10fffd}\u{e000}\u{fffd}\""),
  ("y_string_one_byte_del", "\"\u{7f}\""), ("y_string_separators", "\"\u{2028}\u{2029}\u{feff}\""),
  ("y_string_unescaped_pi", "\"π\""), ("y_string_quote_after_backslashes", #""\\\\\"""#),
  ("y_string_utf8", "\"€𝄞\""),
  ("y_string_of_each_length", "[\((0...40).map { "\"\(x($0))\"" }.joined(separator: ","))]"),
  ("y_structure_lonely_false", "false"), ("y_structure_lonely_null", "null"),
  ("y_structure_lonely_true", "true"),
  ("y_structure_string_empty", "\"\""), ("y_structure_whitespace_array", " [] "),
  ("y_structure_nested", "[[[[[[[[{\"a\":[[{}]]}]]]]]]]]"),
]

private let refused: [(name: String, bytes: [UInt8])] =
  [
    ("n_array_1_true_without_comma", "[1 true]"), ("n_array_colon_instead_of_comma", "[\"\": 1]"),
    ("n_array_comma_after_close", "[\"\"],"), ("n_array_comma_and_number", "[,1]"),
    ("n_array_double_comma", "[1,,2]"),
    ("n_array_extra_close", "[\"x\"]]"), ("n_array_extra_comma", "[\"\",]"),
    ("n_array_incomplete", "[\"x\""),
    ("n_array_inner_array_no_comma", "[3[4]]"), ("n_array_items_separated_by_semicolon", "[1;2]"),
    ("n_array_just_comma", "[,]"), ("n_array_just_minus", "[-]"),
    ("n_array_newlines_unclosed", "[\"a\",\n4\n,1,"),
    ("n_array_spaces_vertical_tab_formfeed", "[\"\u{b}a\"\\f]"), ("n_array_star_inside", "[*]"),
    ("n_array_unclosed", "[1,"),
    ("n_array_unclosed_with_object_inside", "[{}"), ("n_array_closed_by_brace", "[1}"),
    ("n_incomplete_false", "fals"),
    ("n_incomplete_null", "nul"), ("n_incomplete_true", "tru"), ("n_longer_word", "nulls"),
    ("n_number_++", "++1234"),
    ("n_number_+1", "+1"), ("n_number_-01", "-01"), ("n_number_-1.0.", "-1.0."),
    ("n_number_.-1", ".-1"),
    ("n_number_0.1.2", "0.1.2"), ("n_number_0_capital_E+", "0E+"), ("n_number_0e", "0e"),
    ("n_number_1.0e-", "1.0e-"),
    ("n_number_1_000", "1 000.0"), ("n_number_1eE2", "1eE2"), ("n_number_2.e3", "2.e3"),
    ("n_number_9.e+", "9.e+"),
    ("n_number_Inf", "Inf"), ("n_number_NaN", "NaN"), ("n_number_full_width_digit", "１"),
    ("n_number_expression", "1+2"),
    ("n_number_hex", "0x42"), ("n_number_minus_space_1", "- 1"),
    ("n_number_neg_real_without_int_part", "-.123"),
    ("n_number_real_without_fractional_part", "1."), ("n_number_starting_with_dot", ".123"),
    ("n_number_with_alpha", "1.2a-3"), ("n_number_with_leading_zero", "012"),
    ("n_object_bad_value", "[\"x\", truth]"),
    ("n_object_bracket_key", "{[: \"x\"}"), ("n_object_comma_instead_of_colon", "{\"x\", null}"),
    ("n_object_double_colon", "{\"x\"::\"b\"}"), ("n_object_garbage_at_end", "{\"a\":\"a\" 123}"),
    ("n_object_key_with_single_quotes", "{key: 'value'}"), ("n_object_missing_colon", "{\"a\" b}"),
    ("n_object_missing_key", "{:\"b\"}"), ("n_object_missing_value", "{\"a\":"),
    ("n_object_no_colon", "{\"a\"}"),
    ("n_object_non_string_key", "{1:1}"), ("n_object_repeated_null_null", "{null:null,null:null}"),
    ("n_object_several_trailing_commas", "{\"id\":0,,,,,}"), ("n_object_single_quote", "{'a':0}"),
    ("n_object_trailing_comma", "{\"id\":0,}"), ("n_object_trailing_comment", "{\"a\":\"b\"}/**/"),
    ("n_object_two_commas_in_a_row", "{\"a\":\"b\",,\"c\":\"d\"}"),
    ("n_object_closed_by_bracket", "{\"a\":1]"),
    ("n_object_duplicated_key", "{\"a\":1,\"a\":1}"),
    ("n_object_duplicated_key_escaped", #"{"a":1,"\u0061":1}"#),
    (
      "n_object_duplicated_key_deep", "[{},{\"b\":[{\"a b c d e f g h\":1,\"a b c d e f g h\":2}]}]"
    ),
    ("n_string_1_surrogate_then_escape_u", #""\uD800\u""#),
    ("n_string_1_surrogate_then_escape_u1x", #""\uD800\u1x""#),
    ("n_string_accentuated_char_no_quotes", "é"), ("n_string_backslash_00", "\"\\\u{0}\""),
    ("n_string_escape_x", #""\x00""#), ("n_string_escaped_backslash_bad", #""\\\""#),
    ("n_string_escaped_tab", "\"\\\t\""),
    ("n_string_incomplete_escape", #""\""#), ("n_string_incomplete_unicode", #""\u00A""#),
    ("n_string_invalid_unicode_escape", #""\uqqqq""#), ("n_string_capital_u_escape", #""\UA66D""#),
    ("n_string_single_doublequote", "\""), ("n_string_single_quote", "'x'"),
    ("n_string_unescaped_newline", "\"new\nline\""),
    ("n_string_unescaped_tab", "\"\t\""), ("n_string_unescaped_zero", "\"a\u{0}a\""),
    ("n_string_unescaped_1f", "\"abcdefgh\u{1f}\""),
    ("n_structure_angle_bracket", "<.>"), ("n_structure_byte_order_mark", "\u{feff}{}"),
    ("n_structure_capitalized_True", "True"),
    ("n_structure_close_unopened_array", "1]"), ("n_structure_double_array", "[][]"),
    ("n_structure_end_array", "]"),
    ("n_structure_no_data", ""), ("n_structure_open_object_open_string", "{\"a"),
    ("n_structure_unicode_identifier", "å"),
    ("n_structure_whitespace_formfeed", "[\u{c}]"),
    ("n_structure_whitespace_word_joiner", "[\u{2060}]"),
    ("n_structure_whitespace_next_line", "[\u{85}]"),
    ("n_structure_100000_opening_arrays", String(repeating: "[", count: 100_000)),
    ("i_string_first_surrogate_but_second_missing", #""\uDADA""#),
    ("i_string_inverted_surrogates", #""\uDd1e\uD834""#),
    ("i_string_lone_second_surrogate", #""\uDFAA""#),
    ("i_string_first_valid_surrogate_second_invalid", #""\uD888\u1234""#),
    (
      "i_structure_500_nested_arrays",
      String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    ),
  ].map { ($0.0, Array($0.1.utf8)) }
  + [
    ("i_string_invalid_utf8_ff", [0x22, 0xff, 0x22]), ("i_string_iso_latin_1", [0x22, 0xe9, 0x22]),
    ("i_string_lone_continuation", [0x22, 0x81, 0x22]),
    ("i_string_not_in_unicode_range", [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]),
    ("i_string_overlong_2_bytes", [0x22, 0xc0, 0xaf, 0x22]),
    ("i_string_overlong_3_bytes", [0x22, 0xe0, 0x9f, 0xbf, 0x22]),
    ("i_string_overlong_4_bytes", [0x22, 0xf0, 0x8f, 0xbf, 0xbf, 0x22]),
    ("i_string_overlong_6_bytes", [0x22, 0xfc, 0x83, 0xbf, 0xbf, 0xbf, 0xbf, 0x22]),
    ("i_string_truncated_utf8", [0x22, 0xe0, 0xa0, 0x22]),
    ("i_string_utf8_surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22]),
    ("i_string_utf16", [0xff, 0xfe, 0x22, 0x00]),
    ("n_string_invalid_utf8_in_escape", [0x22, 0x5c, 0x75, 0xe5, 0x22]),
    ("n_array_invalid_utf8", [0x5b, 0xff, 0x5d]),
    ("n_number_invalid_utf8_after_digit", [0x31, 0xe5]),
  ]

/// So many letters.
private func x(_ count: Int) -> String { String(repeating: "x", count: count) }

@Suite struct `JSON as the standard has it` {
  private let reader: MessageReader
  private let message: CodedMessage

  init() throws {
    let text =
      "fact subject is: text, if recorded\noutcome send\notherwise send\nwhen unsure send\n"
    let policy = PolicyText(ruleFiles: [SourceFile(path: "a.rules", bytes: Array(text.utf8))])
    let resolution = resolve(read(policy), policy, today: .firstProved)
    let program = Program(try #require(resolution.policy))
    reader = MessageReader(LineFormat(program))
    message = CodedMessage(program)
  }

  private func isRead(_ line: [UInt8]) -> Bool {
    line.withUnsafeBytes { reader.read($0, into: message) }
  }

  /// A message in which a value stands where no fact is read from.
  private func messages(with value: [UInt8]) -> [[UInt8]] {
    [
      ("{\"other\":", "}"), ("{\"subject\":\"x\",\"other\": ", " ,\"n\":1}"),
      ("{\"sent\":", ",\"other\":[{}]}"),
    ]
    .map { Array($0.0.utf8) + value + Array($0.1.utf8) }
  }

  private func isJSON(_ text: [UInt8]) -> Bool {
    do throws(JSONError) {
      _ = try JSONReader.read(text)
      return true
    } catch {
      return false
    }
  }

  @Test func `is accepted`() {
    for (name, text) in accepted {
      #expect(isJSON(Array(text.utf8)), "\(name)")
      for message in messages(with: Array(text.utf8)) {
        #expect(isRead(message), "\(name)")
      }
      if text.first == "{" { #expect(isRead(Array(text.utf8)), "\(name)") }
    }
  }

  @Test func `is refused where it is none`() {
    for (name, bytes) in refused {
      #expect(!isJSON(bytes), "\(name)")
      #expect(!isRead(bytes), "\(name)")
      for message in messages(with: bytes) { #expect(!isRead(message), "\(name)") }
    }
  }

  @Test func `has an object at the top of a message`() {
    for (name, text) in accepted where !text.contains("{") || text.hasPrefix("[") {
      #expect(!isRead(Array(text.utf8)), "\(name)")
    }
  }
}

/* Calls every function with what it must refuse; exits with 1 if one does not. Called by Tests/bindings.sh. */
#include "sendpolicy.h"

#include <stdio.h>
#include <string.h>

static int failures = 0;

#define expect(condition)                                     \
  do {                                                        \
    if (!(condition)) {                                       \
      failures++;                                             \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
    }                                                         \
  } while (0)

static void use_null(void) {
  size_t length = 1;
  sendpolicy_decision decision;
  sendpolicy_close(NULL);
  sendpolicy_session_close(NULL);
  expect(sendpolicy_open(NULL, 0, NULL, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_open("rules", 5, NULL, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_hash(NULL) == NULL);
  expect(sendpolicy_decide_json(NULL, "{}", 2, 0, NULL, 0, &length) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_count(NULL, SENDPOLICY_RULES) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_name(NULL, SENDPOLICY_RULES, 0, &length) == NULL && length == 0);
  expect(sendpolicy_find(NULL, SENDPOLICY_FACTS, "a", 1, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide_lines(NULL, "{}", 2, 0, NULL, 0, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_fact_kind(NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_session_open(NULL, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_reset(NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_set_choice(NULL, 0, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_set_text(NULL, 0, NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide(NULL, 0, &decision) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_put_by(NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide_all(NULL, 0, &decision, 1) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_rules(NULL, NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_missing(NULL, NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_needed(NULL, NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_inquiry_open(NULL, 0, NULL) == SENDPOLICY_BAD_ARGUMENT);
}

static void use_wrongly(const sendpolicy_policy *policy) {
  static char record[1 << 16];
  size_t needed;
  sendpolicy_error error;
  sendpolicy_session *session;
  sendpolicy_decision decision;
  int32_t day = sendpolicy_day(2026, 11, 23);
  expect(sendpolicy_day(2026, 2, 30) == SENDPOLICY_NO_DAY);
  expect(sendpolicy_decide_json(policy, "{}", 2, SENDPOLICY_NO_DAY, record, sizeof record, &needed) == SENDPOLICY_BAD_DAY);
  expect(sendpolicy_decide_json(policy, NULL, 2, day, record, sizeof record, &needed) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide_json(policy, "{}", (size_t)-1, day, record, sizeof record, &needed) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide_json(policy, "{}", 2, day, NULL, 8, &needed) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide_json(policy, "{}", 2, day, record, 8, NULL) == SENDPOLICY_TOO_SMALL);
  expect(sendpolicy_decide_json(policy, "{}", 2, day, NULL, 0, &needed) == SENDPOLICY_TOO_SMALL && needed > 100);
  expect(sendpolicy_decide_json(policy, "{}", 2, day, record, needed, &needed) == SENDPOLICY_UNSURE);
  expect(sendpolicy_decide_json(policy, "\xff", 1, day, record, sizeof record, &needed) == SENDPOLICY_REJECTED);
  expect(sendpolicy_decide_json(policy, NULL, 0, day, record, sizeof record, &needed) == SENDPOLICY_REJECTED);
  expect(sendpolicy_decide_json(policy, "{}", 2, SENDPOLICY_TODAY, record, sizeof record, &needed) == SENDPOLICY_UNSURE);
  expect(sendpolicy_count(policy, 9) == SENDPOLICY_BAD_ARGUMENT && sendpolicy_count(policy, -1) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_name(policy, SENDPOLICY_FACTS, -1, NULL) == NULL);
  expect(sendpolicy_name(policy, SENDPOLICY_FACTS, sendpolicy_count(policy, SENDPOLICY_FACTS), NULL) == NULL);
  expect(sendpolicy_find(policy, SENDPOLICY_FACTS, "purpos", 6, &error) == SENDPOLICY_UNKNOWN_NAME);
  expect(strstr(error.text, "did you mean `purpose`") != NULL);
  expect(error.length == strlen(error.text) && error.code == SENDPOLICY_UNKNOWN_NAME);
  expect(sendpolicy_find(policy, SENDPOLICY_FACTS, "\xff", 1, &error) == SENDPOLICY_NOT_UTF8);
  expect(sendpolicy_find(policy, SENDPOLICY_VALUES + (1 << 20), "a", 1, &error) == SENDPOLICY_BAD_ARGUMENT);
  /* An error that is taken for a fact. */
  expect(sendpolicy_count(policy, SENDPOLICY_VALUES + SENDPOLICY_UNKNOWN_NAME) == SENDPOLICY_BAD_ARGUMENT);
  int32_t sending = sendpolicy_find(policy, SENDPOLICY_OUTCOMES, "send plain", 10, &error);
  expect(sending >= 0 && strcmp(sendpolicy_name(policy, SENDPOLICY_OUTCOMES, sending, NULL), "send plain") == 0);
  expect(sendpolicy_find(policy, SENDPOLICY_OUTCOMES, "send plane", 10, &error) == SENDPOLICY_UNKNOWN_NAME);
  expect(strstr(error.text, "did you mean `send plain`") != NULL);
  int32_t purpose = sendpolicy_find(policy, SENDPOLICY_FACTS, "purpose", 7, &error);
  expect(purpose >= 0 && sendpolicy_fact_kind(policy, purpose) == SENDPOLICY_CHOICE);
  int32_t values = SENDPOLICY_VALUES + purpose;
  expect(sendpolicy_count(policy, values) > 1);
  expect(sendpolicy_name(policy, values, sendpolicy_count(policy, values), NULL) == NULL);
  expect(sendpolicy_find(policy, values, "nothing", 7, &error) == SENDPOLICY_UNKNOWN_NAME);

  expect(sendpolicy_session_open(policy, &session) == SENDPOLICY_OK);
  expect(sendpolicy_set_choice(session, purpose, -1) == SENDPOLICY_UNKNOWN_NAME);
  expect(sendpolicy_set_choice(session, purpose, 1000) == SENDPOLICY_UNKNOWN_NAME);
  expect(sendpolicy_set_choice(session, -1, 0) == SENDPOLICY_UNKNOWN_NAME);
  expect(sendpolicy_set_flag(session, purpose, 1) == SENDPOLICY_WRONG_KIND);
  expect(sendpolicy_set_text(session, purpose, "a", (size_t)-1) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_set_not_recorded(session, purpose) == SENDPOLICY_NOT_ALLOWED);
  for (int32_t fact = -2; fact < 200; fact++) {
    (void)sendpolicy_set_choice(session, fact, INT32_MAX);
    (void)sendpolicy_insert(session, fact, INT32_MIN);
    (void)sendpolicy_set_number(session, fact, INT64_MIN);
    (void)sendpolicy_set_date(session, fact, INT32_MIN);
    (void)sendpolicy_set_text(session, fact, "\xc3", 1);
    (void)sendpolicy_set_unknown(session, fact);
  }
  expect(sendpolicy_decide(session, SENDPOLICY_NO_DAY, &decision) == SENDPOLICY_BAD_DAY);
  expect(sendpolicy_decide(session, day, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide(session, day, &decision) == SENDPOLICY_UNSURE && !decision.is_sure);
  int32_t numbers[2];
  expect(sendpolicy_needed(session, numbers, 2) == SENDPOLICY_BAD_ARGUMENT);
  sendpolicy_session *inquiry = session;
  expect(sendpolicy_inquiry_open(policy, 99999999, &inquiry) == SENDPOLICY_BAD_DAY && inquiry == NULL);
  expect(sendpolicy_inquiry_open(policy, sendpolicy_day(2026, 11, 23), &inquiry) == SENDPOLICY_OK);
  int32_t open = sendpolicy_needed(inquiry, numbers, 2);
  expect(open > 2 && sendpolicy_set_unknown(inquiry, numbers[0]) == SENDPOLICY_OK);
  expect(sendpolicy_needed(inquiry, numbers, 2) < open && sendpolicy_needed(inquiry, NULL, 0) > 0);
  expect(sendpolicy_needed(inquiry, numbers, (size_t)-1) == SENDPOLICY_BAD_ARGUMENT);
  sendpolicy_session_close(inquiry);
  expect(sendpolicy_missing(session, numbers, 2) > 2 && sendpolicy_missing(session, NULL, 2) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_rules(session, NULL, 0) == decision.rule_count);
  expect(sendpolicy_has_note(session, -1) == 0 && sendpolicy_has_note(session, 1 << 20) == 0);

  sendpolicy_decision decisions[2];
  expect(sendpolicy_decide_all(session, day, decisions, 2) == 0);
  expect(sendpolicy_put_by(session) == 1 && sendpolicy_put_by(session) == 2);
  expect(sendpolicy_decide_all(session, day, decisions, 1) == SENDPOLICY_TOO_SMALL);
  expect(sendpolicy_decide_all(session, day, NULL, 2) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide_all(session, SENDPOLICY_NO_DAY, decisions, 2) == SENDPOLICY_BAD_DAY);
  expect(sendpolicy_decide_all(session, day, decisions, 2) == 2);
  expect(memcmp(decisions, decisions + 1, sizeof decision) == 0 && memcmp(decisions, &decision, sizeof decision) == 0);
  expect(sendpolicy_decide_all(session, day, NULL, 0) == 0);
  sendpolicy_session_close(session);
}

/* Decides the same lines whole, and with as little room as will do. */
static void use_lines(const sendpolicy_policy *policy) {
  static const char lines[] = "{}\n\n{\"id\": 7}\nnonsense\n{\"id\": 8}";
  static char whole[1 << 14], parts[1 << 14];
  size_t length = sizeof lines - 1;
  int32_t day = sendpolicy_day(2026, 11, 23);
  sendpolicy_lines progress = {0};
  expect(sendpolicy_decide_lines(policy, lines, length, day, whole, sizeof whole, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide_lines(policy, lines, length, SENDPOLICY_NO_DAY, whole, sizeof whole, &progress) == SENDPOLICY_BAD_DAY);
  expect(sendpolicy_decide_lines(policy, NULL, 0, day, NULL, 0, &progress) == SENDPOLICY_OK && progress.lines == 0);
  expect(sendpolicy_decide_lines(policy, lines, length, day, whole, sizeof whole, &progress) == SENDPOLICY_OK);
  expect(progress.taken == length && progress.needed == 0 && progress.lines == 5);
  expect(progress.decided == 3 && progress.unsure == 3 && progress.rejected == 1);
  size_t written = progress.written, place = 0, end = 0, room = 0;
  expect(written > 0 && whole[written - 1] == '\n' && strstr(whole, "{\"line\":4,") != NULL);
  sendpolicy_lines again = {0};
  for (int call = 0; call < 20 && place < length; call++) {
    int32_t code = sendpolicy_decide_lines(policy, lines + place, length - place, day, parts + end, room, &again);
    expect(code == (again.needed > 0 ? SENDPOLICY_TOO_SMALL : SENDPOLICY_OK));
    place += again.taken;
    end += again.written;
    room = again.needed;
  }
  expect(place == length && end == written && memcmp(whole, parts, written) == 0);
  expect(again.lines == 5 && again.decided == 3 && again.rejected == 1);
}

int main(int count, char **arguments) {
  const char *path = count > 1 ? arguments[1] : "rules";
  sendpolicy_policy *policy = NULL;
  sendpolicy_session *session = NULL;
  sendpolicy_decision decision;
  expect(sendpolicy_abi() == SENDPOLICY_ABI && sendpolicy_version() != NULL);
  use_null();
  expect(sendpolicy_open("\xff", 1, &policy, NULL) == SENDPOLICY_NOT_UTF8 && policy == NULL);
  expect(sendpolicy_open("a\0b", 3, &policy, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_open(path, (size_t)-1, &policy, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_open(path, strlen(path), &policy, NULL) == SENDPOLICY_OK);
  use_wrongly(policy);
  use_lines(policy);
  /* A session goes on when its policy has been closed. */
  expect(sendpolicy_session_open(policy, &session) == SENDPOLICY_OK);
  sendpolicy_close(policy);
  expect(sendpolicy_decide(session, sendpolicy_day(2026, 11, 23), &decision) == SENDPOLICY_UNSURE);
  sendpolicy_session_close(session);
  return failures > 0;
}

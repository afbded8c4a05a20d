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
  expect(sendpolicy_fact(NULL, "a", 1, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_value(NULL, 0, "a", 1, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_fact_kind(NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_value_count(NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_value_name(NULL, 0, 0, NULL) == NULL);
  expect(sendpolicy_session_open(NULL, NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_reset(NULL) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_set_choice(NULL, 0, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_set_text(NULL, 0, NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_decide(NULL, 0, &decision) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_rules(NULL, NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_missing(NULL, NULL, 0) == SENDPOLICY_BAD_ARGUMENT);
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
  expect(sendpolicy_fact(policy, "purpos", 6, &error) == SENDPOLICY_UNKNOWN_NAME && strstr(error.text, "`purpose`"));
  expect(error.length == strlen(error.text) && error.code == SENDPOLICY_UNKNOWN_NAME);
  expect(sendpolicy_fact(policy, "\xff", 1, &error) == SENDPOLICY_NOT_UTF8);
  expect(sendpolicy_value(policy, 1 << 20, "a", 1, &error) == SENDPOLICY_UNKNOWN_NAME);
  int32_t purpose = sendpolicy_fact(policy, "purpose", 7, &error);
  expect(purpose >= 0 && sendpolicy_fact_kind(policy, purpose) == SENDPOLICY_CHOICE);
  expect(sendpolicy_value_name(policy, purpose, sendpolicy_value_count(policy, purpose), NULL) == NULL);

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
  expect(sendpolicy_missing(session, numbers, 2) > 2 && sendpolicy_missing(session, NULL, 2) == SENDPOLICY_BAD_ARGUMENT);
  expect(sendpolicy_rules(session, NULL, 0) == decision.rule_count);
  expect(sendpolicy_has_note(session, -1) == 0 && sendpolicy_has_note(session, 1 << 20) == 0);
  sendpolicy_session_close(session);
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
  /* A session goes on when its policy has been closed. */
  expect(sendpolicy_session_open(policy, &session) == SENDPOLICY_OK);
  sendpolicy_close(policy);
  expect(sendpolicy_decide(session, sendpolicy_day(2026, 11, 23), &decision) == SENDPOLICY_UNSURE);
  sendpolicy_session_close(session);
  return failures > 0;
}

/*
 * Decides a message given as JSON, and one told fact by fact.
 *
 *   cc -Wall -Wextra -Werror bindings/c/example.c -Ibindings/c -L.build-shared/release -lsendpolicy \
 *     -Wl,-rpath,"$PWD/.build-shared/release" -o example
 *   ./example rules
 */
#include "sendpolicy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sendpolicy_error error;

static int32_t needed(int32_t number) {
  if (number < 0) {
    fprintf(stderr, "example: %s\n", error.text);
    exit(2);
  }
  return number;
}

static int32_t fact(const sendpolicy_policy *policy, const char *name) {
  return needed(sendpolicy_find(policy, SENDPOLICY_FACTS, name, strlen(name), &error));
}

static int32_t value(const sendpolicy_policy *policy, int32_t fact, const char *name) {
  return needed(sendpolicy_find(policy, SENDPOLICY_VALUES + fact, name, strlen(name), &error));
}

static void decide_json(const sendpolicy_policy *policy) {
  const char *json = "{\"purpose\": \"complaint-response\", \"recipient_is_flagged_for\": []}";
  char record[4096];
  size_t length;
  int32_t code = sendpolicy_decide_json(
      policy, json, strlen(json), sendpolicy_day(2026, 11, 23), record, sizeof record, &length);
  if (code < 0) {
    fprintf(stderr, "example: %s\n", sendpolicy_code_text(code));
    exit(2);
  }
  printf("%.*s\n", (int)length, record);
}

/* How long one message takes that is told and decided, in nanoseconds. */
static double measure(sendpolicy_session *session, int32_t purpose, int32_t review, int32_t verified) {
  enum { count = 1000000 };
  int32_t day = sendpolicy_day(2026, 11, 23);
  sendpolicy_decision decision;
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int32_t number = 0; number < count; number++) {
    sendpolicy_reset(session);
    sendpolicy_set_choice(session, purpose, review);
    sendpolicy_set_flag(session, verified, number & 1);
    if (sendpolicy_decide(session, day, &decision) < 0) exit(2);
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  return ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / count;
}

int main(int count, char **arguments) {
  const char *path = count > 1 ? arguments[1] : "rules";
  sendpolicy_policy *policy;
  sendpolicy_session *session;
  needed(sendpolicy_open(path, strlen(path), &policy, &error));
  decide_json(policy);

  int32_t purpose = fact(policy, "purpose");
  int32_t review = value(policy, purpose, "complaint-response");
  int32_t verified = fact(policy, "address_is_verified");
  needed(sendpolicy_session_open(policy, &session));
  sendpolicy_reset(session);
  sendpolicy_set_choice(session, purpose, review);
  sendpolicy_set_flag(session, verified, 1);
  sendpolicy_decision decision;
  needed(sendpolicy_decide(session, sendpolicy_day(2026, 11, 23), &decision));
  printf("%s", sendpolicy_name(policy, SENDPOLICY_OUTCOMES, decision.outcome, NULL));
  int32_t missing[8];
  int32_t lacking = sendpolicy_missing(session, missing, 8);
  if (lacking > 0) {
    printf(", because %d facts are missing, %s first", (int)lacking,
           sendpolicy_name(policy, SENDPOLICY_FACTS, missing[0], NULL));
  }
  printf("\n");
  if (count > 2) printf("%.0f ns a message\n", measure(session, purpose, review, verified));

  sendpolicy_session_close(session);
  sendpolicy_close(policy);
  return 0;
}

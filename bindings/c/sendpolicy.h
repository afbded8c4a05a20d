/*
 * sendpolicy: asks a policy how a message is to be sent.
 *
 * A policy is opened once and may be asked by any number of threads at once. Whoever has JSON calls
 * sendpolicy_decide_json. Whoever has facts and no JSON opens a session for each thread, looks the facts and
 * values up once by name, tells them by number and decides: that allocates no memory.
 *
 * Texts are UTF-8 with a length, and need no NUL at their end. What a function hands over is written into the
 * caller's memory, or is a name that belongs to the policy: it ends with a NUL, never changes, and holds until the
 * policy and all its sessions are closed. No argument can end the process but an address that points nowhere, or
 * to what has been closed. Every function may be called with NULL.
 *
 * Functions give SENDPOLICY_OK, another code that is no error, or one less than 0.
 */
#ifndef SENDPOLICY_H
#define SENDPOLICY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of what this file declares; sendpolicy_abi() gives that of the library. */
#define SENDPOLICY_ABI 1

enum {
  SENDPOLICY_OK = 0,             /* done; the decision is sure */
  SENDPOLICY_UNSURE = 1,         /* decided by `when unsure`, because the message lacks facts */
  SENDPOLICY_REJECTED = 2,       /* the record says what is wrong with the message */
  SENDPOLICY_BAD_ARGUMENT = -1,  /* NULL, a wrong length, a number that nothing has */
  SENDPOLICY_NOT_UTF8 = -2,      /* a path or name is not UTF-8 */
  SENDPOLICY_BAD_POLICY = -3,    /* the policy cannot be read or has errors */
  SENDPOLICY_UNKNOWN_NAME = -4,  /* nothing has this name or number */
  SENDPOLICY_WRONG_KIND = -5,    /* the fact is of another kind */
  SENDPOLICY_NOT_ALLOWED = -6,   /* the fact does not take this value: out of its range, or not UTF-8 */
  SENDPOLICY_BAD_DAY = -7,       /* the day lies outside the years 2000 to 2099 */
  SENDPOLICY_TOO_SMALL = -8,     /* the buffer is too small, and nothing was written to it */
  SENDPOLICY_NO_DECISION = -9    /* the policy does not decide the message, which its check rules out */
};

/* What a code means, in one sentence; never NULL. */
const char *sendpolicy_code_text(int32_t code);

/* What went wrong, in words. The caller's memory; NULL where nobody reads it. */
typedef struct sendpolicy_error {
  int32_t code;
  uint32_t length;  /* of the text */
  char text[2040];  /* ends with a NUL; a longer one is cut short between two characters */
} sendpolicy_error;

typedef struct sendpolicy_policy sendpolicy_policy;
typedef struct sendpolicy_session sendpolicy_session;

uint32_t sendpolicy_abi(void);
const char *sendpolicy_version(void); /* such as "0.1.0" */

/*
 * Days are counted from 1 January 1970, which is 0: the seconds of Unix time divided by 86 400.
 */

/* Today by the system's clock, in UTC. */
#define SENDPOLICY_TODAY INT32_MIN
/* No day at all, which every function refuses. */
#define SENDPOLICY_NO_DAY INT32_MAX

/* The number of a day of the calendar; SENDPOLICY_NO_DAY if it does not exist. */
int32_t sendpolicy_day(int32_t year, int32_t month, int32_t day);

/*
 * Policies.
 */

/*
 * Opens the policy at a path: a folder, a .rules file, or a file that `rulec build` wrote, which is there at once;
 * the others are checked and proved first. *policy is NULL unless it gives SENDPOLICY_OK.
 */
int32_t sendpolicy_open(
    const char *path, size_t length, sendpolicy_policy **policy, sendpolicy_error *error);

/* Closes a policy that no thread is asking any more. Its open sessions go on. */
void sendpolicy_close(sendpolicy_policy *policy);

/* The SHA-256 of the policy's text, 64 hexadecimal digits; NULL of NULL. */
const char *sendpolicy_hash(const sendpolicy_policy *policy);

/*
 * Decides about a message, one JSON object, as of a day unless the message says `on`. Writes the record that
 * `rulec decide` writes, without the line's end, and its length to *needed. A rejected message gives a record too.
 *
 * With SENDPOLICY_TOO_SMALL *needed says how many bytes are needed.
 */
int32_t sendpolicy_decide_json(
    const sendpolicy_policy *policy, const char *json, size_t length, int32_t day, char *output,
    size_t capacity, size_t *needed);

/* How far sendpolicy_decide_lines has come. Begins with 0 everywhere. */
typedef struct sendpolicy_lines {
  size_t taken;    /* how many bytes of the lines are done, this time */
  size_t written;  /* how many bytes of records have been written, this time */
  size_t needed;   /* how many bytes the next record needs; 0 if there was room for all */
  size_t lines;    /* how many lines are done, this time and before; they are numbered from 1 */
  size_t decided;  /* how many messages have been decided; */
  size_t unsure;   /* how many of these by `when unsure`; */
  size_t rejected; /* and how many were rejected */
} sendpolicy_lines;

/*
 * Decides messages that stand one a line, as `rulec decide` does, and writes their records, each with a line's end:
 * as many as there is room for. A last line without an end counts as a whole one. SENDPOLICY_OK if all are done;
 * with SENDPOLICY_TOO_SMALL make room and call it again with what stands behind the first `taken` bytes.
 */
int32_t sendpolicy_decide_lines(
    const sendpolicy_policy *policy, const char *lines, size_t length, int32_t day, char *output,
    size_t capacity, sendpolicy_lines *progress);

/*
 * Names. They stand on lists: those below, and for each fact one of its declared values, which has the number
 * SENDPOLICY_VALUES + the fact's. What is on a list is numbered from 0; the numbers hold for one policy.
 */

enum {
  SENDPOLICY_OUTCOMES = 0,
  SENDPOLICY_NOTES = 1,
  SENDPOLICY_RULES = 2,
  SENDPOLICY_FACTS = 3, /* the fields that JSON messages tell them in, with dots between levels */
  SENDPOLICY_VALUES = 1 << 16
};

/* How many names are on a list; or an error. */
int32_t sendpolicy_count(const sendpolicy_policy *policy, int32_t list);

/* The name of a number, and its length unless that is NULL; NULL if there is none of that number. */
const char *sendpolicy_name(
    const sendpolicy_policy *policy, int32_t list, int32_t number, size_t *length);

/* The number of a name; or an error, with a suggestion if another name is near. */
int32_t sendpolicy_find(
    const sendpolicy_policy *policy, int32_t list, const char *name, size_t length,
    sendpolicy_error *error);

enum {
  SENDPOLICY_CHOICE = 0,  /* one of the declared values */
  SENDPOLICY_SET = 1,     /* any number of the declared values */
  SENDPOLICY_FLAG = 2,    /* yes or no */
  SENDPOLICY_NUMBER = 3,
  SENDPOLICY_DATE = 4,
  SENDPOLICY_TEXT = 5
};

/* What kind of fact it is, or an error. */
int32_t sendpolicy_fact_kind(const sendpolicy_policy *policy, int32_t fact);

/*
 * Sessions: messages told fact by fact. One for each thread.
 */

int32_t sendpolicy_session_open(const sendpolicy_policy *policy, sendpolicy_session **session);
void sendpolicy_session_close(sendpolicy_session *session);

/* Begins a message that says nothing. What it is not told is as in JSON that does not mention it. */
int32_t sendpolicy_reset(sendpolicy_session *session);

int32_t sendpolicy_set_choice(sendpolicy_session *session, int32_t fact, int32_t value);
/* 0 is no, everything else is yes. */
int32_t sendpolicy_set_flag(sendpolicy_session *session, int32_t fact, int32_t is_true);
/* A number as a count of millionths: 2.5 are 2 500 000. */
int32_t sendpolicy_set_number(sendpolicy_session *session, int32_t fact, int64_t millionths);
/* A day from 1 January 1900 on. */
int32_t sendpolicy_set_date(sendpolicy_session *session, int32_t fact, int32_t day);
/* A text in UTF-8 of at most 1 MiB, which is copied as far as it is needed. */
int32_t sendpolicy_set_text(
    sendpolicy_session *session, int32_t fact, const char *text, size_t length);
/* Says that a set has no values; insert adds one, and begins a set that was told nothing so far. */
int32_t sendpolicy_clear_set(sendpolicy_session *session, int32_t fact);
int32_t sendpolicy_insert(sendpolicy_session *session, int32_t fact, int32_t value);
/* Says that nothing is recorded of a fact declared `if recorded`. */
int32_t sendpolicy_set_not_recorded(sendpolicy_session *session, int32_t fact);
/* Says that a look-up failed: there may be a value that nobody knows. */
int32_t sendpolicy_set_unknown(sendpolicy_session *session, int32_t fact);

typedef struct sendpolicy_decision {
  int32_t outcome;        /* its number */
  int32_t rule_count;     /* how many rules made the decision, or are in doubt */
  uint64_t notes;         /* a bit for each of the first 64 notes, note 0 the lowest */
  uint32_t is_sure;       /* 1 if it is the same whatever the missing facts are */
  uint32_t by_otherwise;  /* 1 if `otherwise` had a part in it */
} sendpolicy_decision;

/* Decides the message that was told. SENDPOLICY_OK if it is sure, SENDPOLICY_UNSURE if not, or an error. */
int32_t sendpolicy_decide(
    sendpolicy_session *session, int32_t day, sendpolicy_decision *decision);

/*
 * Batches: put_by keeps a copy of the message that was told, which stays as it is, and gives how many have been put
 * by. decide_all decides them in their order, gives how many they were, and forgets them; it writes a decision of
 * each, whose outcome is -1 where there is none, and begins the session's own message anew. With
 * SENDPOLICY_TOO_SMALL nothing was decided.
 */
int32_t sendpolicy_put_by(sendpolicy_session *session);
int32_t sendpolicy_decide_all(
    sendpolicy_session *session, int32_t day, sendpolicy_decision *decisions, size_t capacity);

/* Of the last decision: 1 if it has that note, 0 if not. */
int32_t sendpolicy_has_note(const sendpolicy_session *session, int32_t note);

/*
 * Of the last decision: the rules that made it or are in doubt, in the order of file and line; and the facts whose
 * lack keeps it from being sure. Both write at most `capacity` numbers and give how
 * many there are.
 */
int32_t sendpolicy_rules(const sendpolicy_session *session, int32_t *rules, size_t capacity);
int32_t sendpolicy_missing(const sendpolicy_session *session, int32_t *facts, size_t capacity);

/*
 * Inquiries: sessions that know what has still to be found out about a message, on one day. Nothing is taken for
 * granted: a fact that the message was not told may be anything, also one declared `if recorded` or `if absent`.
 * `needed` gives the facts that can still change the decision, the one first that leaves least open, in the way of
 * `missing`; there are none as soon as only one decision is left. Ask for one, tell it, and ask again. A fact that
 * cannot be found out is told by set_unknown and not asked for again.
 *
 * One serves for any number of messages. The first answers take up to 0.1 s with a policy of 70 rules, and every
 * other some milliseconds.
 */
int32_t sendpolicy_inquiry_open(
    const sendpolicy_policy *policy, int32_t day, sendpolicy_session **inquiry);
int32_t sendpolicy_needed(const sendpolicy_session *inquiry, int32_t *facts, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif

// A client that asks a service as fast as it can, or at a steady pace, and measures the answers.
//
//   client SOCKET MESSAGES throughput SECONDS CONNECTIONS WINDOW
//   client SOCKET MESSAGES count N CONNECTIONS WINDOW
//   client SOCKET MESSAGES pace SECONDS RATE
//
// A window is how many messages a connection has under way. At a pace each message has a moment at which it is to be
// sent; its latency counts from that moment, whether or not the client came to it in time. Prints a line of JSON.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static char *text;
static size_t text_length, line_count;
static size_t *starts;

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void read_messages(const char *path) {
  int file = open(path, O_RDONLY);
  struct stat info;
  if (file < 0 || fstat(file, &info) != 0) fail(path);
  text = malloc(info.st_size + 1);
  text_length = read(file, text, info.st_size);
  close(file);
  starts = malloc((text_length + 2) * sizeof *starts);
  starts[0] = 0;
  for (size_t i = 0; i < text_length; i++)
    if (text[i] == '\n') starts[++line_count] = i + 1;
}

static int open_connection(const char *path) {
  int s = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  if (s < 0 || connect(s, (struct sockaddr *)&address, sizeof address) != 0) fail(path);
  fcntl(s, F_SETFL, O_NONBLOCK);
  return s;
}

struct connection {
  int socket;
  long sent, answered;
  size_t line, offset;  // of the next line, how much has been sent
};

static long count_lines(const char *bytes, ssize_t count) {
  long lines = 0;
  const char *end = bytes + count;
  while ((bytes = memchr(bytes, '\n', end - bytes)) != NULL) lines++, bytes++;
  return lines;
}

// Sends whole lines, at most so many, in one go; gives how many went out whole.
static long send_lines(struct connection *c, long most) {
  long whole = 0;
  while (most > 0) {
    size_t last = c->line + most < line_count ? c->line + most : line_count;
    size_t from = starts[c->line] + c->offset, to = starts[last];
    if (to - from > 1 << 17) {
      while (last > c->line + 1 && starts[last] - from > 1 << 17) last--;
      to = starts[last];
    }
    ssize_t n = write(c->socket, text + from, to - from);
    if (n < 0 && errno == EAGAIN) break;
    if (n <= 0) fail("write");
    size_t place = from + n;
    while (c->line < last && starts[c->line + 1] <= place) c->line++, whole++, most--;
    c->offset = place - starts[c->line];
    if (c->line == line_count) c->line = 0, c->offset = 0;
    if (place < to) break;
  }
  c->sent += whole;
  return whole;
}

static char answers[1 << 18];

static void throughput(const char *path, double seconds, long wanted, int connections, long window) {
  struct connection *all = calloc(connections, sizeof *all);
  struct pollfd *polls = calloc(connections, sizeof *polls);
  for (int i = 0; i < connections; i++) {
    all[i].socket = open_connection(path);
    polls[i].fd = all[i].socket;
  }
  double start = now(), end = start + seconds;
  long answered = 0, sent = 0;
  while ((wanted ? answered < wanted : now() < end)) {
    for (int i = 0; i < connections; i++) {
      long room = window - (all[i].sent - all[i].answered);
      if (wanted && room > wanted - sent) room = wanted - sent;
      if (room > 0) sent += send_lines(&all[i], room);
      polls[i].events = POLLIN | (room > 0 && all[i].sent - all[i].answered < window / 2 ? POLLOUT : 0);
    }
    poll(polls, connections, 1000);
    for (int i = 0; i < connections; i++) {
      if (!(polls[i].revents & (POLLIN | POLLHUP))) continue;
      ssize_t n = read(all[i].socket, answers, sizeof answers);
      if (n == 0) fail("the service closed the connection");
      if (n < 0) continue;
      long lines = count_lines(answers, n);
      all[i].answered += lines;
      answered += lines;
    }
  }
  double took = now() - start;
  printf("{\"answered\":%ld,\"seconds\":%.3f,\"rate\":%.0f}\n", answered, took, answered / took);
}

static int by_size(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return x < y ? -1 : x > y;
}

static void pace(const char *path, double seconds, double rate) {
  struct connection c = {.socket = open_connection(path)};
  long total = seconds * rate, answered = 0, late = 0;
  float *latencies = malloc(total * sizeof *latencies);
  double start = now();
  while (answered < total) {
    double time = now() - start;
    long due = time * rate;
    if (due > total) due = total;
    if (due > c.sent) send_lines(&c, due - c.sent);
    ssize_t n = read(c.socket, answers, sizeof answers);
    if (n == 0) fail("the service closed the connection");
    if (n < 0) {
      if (now() - start > seconds + 30) fail("answers are missing");
      continue;
    }
    double arrived = now() - start;
    for (long lines = count_lines(answers, n); lines > 0; lines--, answered++) {
      latencies[answered] = arrived - answered / rate;
      if (latencies[answered] > 0.001) late++;
    }
  }
  double took = now() - start;
  qsort(latencies, total, sizeof *latencies, by_size);
  printf("{\"answered\":%ld,\"seconds\":%.3f,\"rate\":%.0f,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,"
         "\"p999\":%.1f,\"most\":%.1f,\"over_a_millisecond\":%ld}\n",
         answered, took, answered / took, latencies[total / 2] * 1e6, latencies[total / 10 * 9] * 1e6,
         latencies[(long)(total * 0.99)] * 1e6, latencies[(long)(total * 0.999)] * 1e6,
         latencies[total - 1] * 1e6, late);
}

int main(int count, char **words) {
  if (count < 6) return 2;
  read_messages(words[2]);
  if (strcmp(words[3], "pace") == 0) {
    pace(words[1], atof(words[4]), atof(words[5]));
  } else {
    int is_count = strcmp(words[3], "count") == 0;
    throughput(words[1], is_count ? 0 : atof(words[4]), is_count ? atol(words[4]) : 0,
               atoi(words[5]), count > 6 ? atol(words[6]) : 256);
  }
  return 0;
}

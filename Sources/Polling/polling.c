// epoll(7) on Linux, kqueue(2) elsewhere.
#include "Polling.h"

enum { most_at_once = 256 };

#if defined(__linux__)
#include <sys/epoll.h>

int poller_make(void) { return epoll_create1(EPOLL_CLOEXEC); }

int poller_watch(int queue, int descriptor, bool reading, bool writing, bool is_new) {
  struct epoll_event event = {0};
  event.events = (reading ? EPOLLIN : 0) | (writing ? EPOLLOUT : 0);
  event.data.fd = descriptor;
  return epoll_ctl(queue, is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

int poller_wait(int queue, struct polled *found, int most, int milliseconds) {
  struct epoll_event events[most_at_once];
  int count = epoll_wait(queue, events, most < most_at_once ? most : most_at_once, milliseconds);
  for (int i = 0; i < count; i++) {
    found[i].descriptor = events[i].data.fd;
    found[i].is_readable = (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0;
    found[i].is_writable = (events[i].events & EPOLLOUT) != 0;
  }
  return count < 0 ? 0 : count;
}

#else
#include <stddef.h>
#include <stdint.h>
#include <sys/event.h>
#include <sys/types.h>
#include <time.h>

int poller_make(void) { return kqueue(); }

int poller_watch(int queue, int descriptor, bool reading, bool writing, bool is_new) {
  (void)is_new;
  struct kevent changes[2];
  EV_SET(&changes[0], (uintptr_t)descriptor, EVFILT_READ,
         EV_ADD | (reading ? EV_ENABLE : EV_DISABLE), 0, 0, NULL);
  EV_SET(&changes[1], (uintptr_t)descriptor, EVFILT_WRITE,
         EV_ADD | (writing ? EV_ENABLE : EV_DISABLE), 0, 0, NULL);
  return kevent(queue, changes, 2, NULL, 0, NULL) < 0 ? -1 : 0;
}

int poller_wait(int queue, struct polled *found, int most, int milliseconds) {
  struct kevent events[most_at_once];
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  int count = kevent(queue, NULL, 0, events, most < most_at_once ? most : most_at_once, &time);
  for (int i = 0; i < count; i++) {
    found[i].descriptor = (int)events[i].ident;
    found[i].is_readable = events[i].filter == EVFILT_READ;
    found[i].is_writable = events[i].filter == EVFILT_WRITE;
  }
  return count < 0 ? 0 : count;
}

#endif

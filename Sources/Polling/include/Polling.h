#ifndef POLLING_H
#define POLLING_H

#include <stdbool.h>

/// A descriptor about which there is something to be done.
struct polled {
  int descriptor;
  /// There is something to be read, an end or an error perhaps.
  bool is_readable;
  bool is_writable;
};

/// A queue that descriptors are watched by; -1 and errno if the system has none left.
int poller_make(void);

/// Says what is wanted to be known of a descriptor, until it is closed; -1 and errno if that cannot be.
int poller_watch(int queue, int descriptor, bool reading, bool writing, bool is_new);

/// Waits, no longer than some milliseconds, and gives how many have been found, at most `most`.
int poller_wait(int queue, struct polled *found, int most, int milliseconds);

#endif

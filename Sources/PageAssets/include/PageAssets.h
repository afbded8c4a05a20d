/// The style sheet and the script of a policy's page, which are part of the program.
///
/// They are the files of `style` and `script` beside this folder, one after the other; the compiler
/// puts them in as they are.
#ifndef PAGE_ASSETS_H
#define PAGE_ASSETS_H

#include <stddef.h>

/// Bytes in UTF-8 that are there as long as the program runs.
struct page_asset {
  const unsigned char *bytes;
  size_t count;
};

struct page_asset page_style(void);
struct page_asset page_script(void);

#endif

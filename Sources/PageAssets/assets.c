#include "PageAssets.h"

static const unsigned char style[] = {
#embed "style/base.css"
  ,
#embed "style/document.css"
  ,
#embed "style/tools.css"
  ,
#embed "style/picture.css"
  ,
#embed "style/print.css"
};

static const unsigned char script[] = {
#embed "script/values.js"
  ,
#embed "script/meaning.js"
  ,
#embed "script/deliberation.js"
  ,
#embed "script/explanation.js"
  ,
#embed "script/messages.js"
  ,
#embed "script/elements.js"
  ,
#embed "script/form.js"
  ,
#embed "script/answer.js"
  ,
#embed "script/axes.js"
  ,
#embed "script/map.js"
  ,
#embed "script/search.js"
  ,
#embed "script/page.js"
};

struct page_asset page_style(void) {
  return (struct page_asset){style, sizeof style};
}

struct page_asset page_script(void) {
  return (struct page_asset){script, sizeof script};
}

#ifndef EASEL_CPNG_FILE_H
#define EASEL_CPNG_FILE_H

#include <png.h>

#include "CPNG.h"

struct easel_png {
  png_structp png;
  png_infop info;
  char error[200];
  // What is left to decode.
  const uint8_t *bytes;
  size_t count;
  // Where the encoded file goes; NULL in a file that is being decoded.
  easel_png_sink sink;
  void *context;
};

// libpng's callbacks. `easel_png_fail` keeps the message and jumps to the last `setjmp`.
void easel_png_fail(png_structp png, png_const_charp message);
void easel_png_ignore(png_structp png, png_const_charp message);

// `file` with an info structure; closed and NULL where a part of it could not be made.
easel_png *easel_png_complete(easel_png *file);

#endif

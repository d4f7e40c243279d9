#include <stdlib.h>
#include <string.h>

#include "file.h"

// zlib's own default: higher ones take long and save little.
enum { COMPRESSION_LEVEL = 6 };

static void give_bytes(png_structp png, png_bytep bytes, size_t count) {
  easel_png *file = png_get_io_ptr(png);
  file->sink(file->context, bytes, count);
}

static void flush_nothing(png_structp png) { (void)png; }

easel_png *easel_png_create(easel_png_sink sink, void *context) {
  easel_png *file = calloc(1, sizeof *file);
  if (file == NULL) return NULL;
  file->sink = sink;
  file->context = context;
  file->png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, file, easel_png_fail, easel_png_ignore);
  return easel_png_complete(file);
}

int easel_png_add_text(easel_png *file, const char *keyword, const char *text) {
  if (setjmp(png_jmpbuf(file->png))) return 0;
  const png_text entry = {
      .compression = PNG_ITXT_COMPRESSION_NONE,
      .key = (png_charp)keyword,
      .text = (png_charp)text,
      .itxt_length = strlen(text),
  };
  png_set_text(file->png, file->info, &entry, 1);
  return 1;
}

int easel_png_write(
    easel_png *file, const uint8_t *pixels, uint32_t width, uint32_t height, int channels) {
  png_structp png = file->png;
  if (setjmp(png_jmpbuf(png))) return 0;
  png_set_write_fn(png, file, give_bytes, flush_nothing);
  png_set_compression_level(png, COMPRESSION_LEVEL);
  png_set_IHDR(
      png, file->info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
      PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, file->info);
  for (uint32_t y = 0; y < height; y++)
    png_write_row(png, pixels + (size_t)y * width * (size_t)channels);
  png_write_end(png, file->info);
  return 1;
}

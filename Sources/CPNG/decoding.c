#include <stdlib.h>
#include <string.h>

#include "file.h"

// What texts may take: bytes each, also when inflated, and how many are kept.
enum { MAXIMUM_CHUNK_BYTES = 64000000, MAXIMUM_TEXTS = 30 };

static void take_bytes(png_structp png, png_bytep target, size_t count) {
  easel_png *file = png_get_io_ptr(png);
  if (count > file->count) png_error(png, "the file ends too early");
  memcpy(target, file->bytes, count);
  file->bytes += count;
  file->count -= count;
}

easel_png *easel_png_open(const uint8_t *bytes, size_t count) {
  easel_png *file = calloc(1, sizeof *file);
  if (file == NULL) return NULL;
  file->bytes = bytes;
  file->count = count;
  file->png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, file, easel_png_fail, easel_png_ignore);
  return easel_png_complete(file);
}

// Palettes become RGB, transparency in whatever form a channel of its own.
static void ask_for_channels(png_structp png) {
  const uint16_t one = 1;
  png_set_expand(png);
  if (*(const uint8_t *)&one == 1) png_set_swap(png);
}

int easel_png_read_layout(easel_png *file, easel_png_layout *layout) {
  png_structp png = file->png;
  if (setjmp(png_jmpbuf(png))) return 0;
  // The caller has limits of its own on the size of a picture.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(png, MAXIMUM_CHUNK_BYTES);
  // libpng stops when its countdown, of which 0 means no limit, has come to 1.
  png_set_chunk_cache_max(png, MAXIMUM_TEXTS + 2);
  png_set_benign_errors(png, 1);
  png_set_read_fn(png, file, take_bytes);
  png_read_info(png, file->info);
  ask_for_channels(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, file->info);
  layout->width = png_get_image_width(png, file->info);
  layout->height = png_get_image_height(png, file->info);
  layout->channels = png_get_channels(png, file->info);
  layout->bytes_per_sample = png_get_bit_depth(png, file->info) / 8;
  return 1;
}

const uint8_t *easel_png_profile(easel_png *file, size_t *count) {
  png_charp name;
  int compression;
  png_bytep profile;
  png_uint_32 length;
  if (!png_get_iCCP(file->png, file->info, &name, &compression, &profile, &length)) return NULL;
  *count = length;
  return profile;
}

int easel_png_read_pixels(easel_png *file, uint8_t *pixels) {
  png_structp png = file->png;
  if (setjmp(png_jmpbuf(png))) return 0;
  const uint32_t height = png_get_image_height(png, file->info);
  const size_t row = png_get_rowbytes(png, file->info);
  const int passes =
      png_get_interlace_type(png, file->info) == PNG_INTERLACE_NONE ? 1 : PNG_INTERLACE_ADAM7_PASSES;
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < height; y++) png_read_row(png, pixels + y * row, NULL);
  png_read_end(png, file->info);
  return 1;
}

int easel_png_text_count(easel_png *file) {
  return png_get_text(file->png, file->info, NULL, NULL);
}

easel_png_text easel_png_text_at(easel_png *file, int index) {
  png_textp texts;
  png_get_text(file->png, file->info, &texts, NULL);
  const png_text *text = &texts[index];
  const int is_utf8 = text->compression == PNG_ITXT_COMPRESSION_NONE ||
                      text->compression == PNG_ITXT_COMPRESSION_zTXt;
  return (easel_png_text){text->key, text->text, is_utf8};
}

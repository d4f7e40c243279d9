#include "CPNG.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const uint8_t *bytes;
  size_t left;
} source;

typedef struct {
  easel_png_writer write;
  void *context;
} sink;

static void fail(png_structp png, png_const_charp text) {
  snprintf(png_get_error_ptr(png), EASEL_PNG_MESSAGE, "%s", text);
  longjmp(png_jmpbuf(png), 1);
}

static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void read_bytes(png_structp png, png_bytep into, size_t count) {
  source *from = png_get_io_ptr(png);
  if (count > from->left) png_error(png, "the file ends too early");
  memcpy(into, from->bytes, count);
  from->bytes += count;
  from->left -= count;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  sink *to = png_get_io_ptr(png);
  to->write(to->context, bytes, count);
}

static void flush_nothing(png_structp png) { (void)png; }

/// A reader that stands behind the header; NULL and a message where there is none.
static png_structp open_reader(source *from, png_infop *info, char *message) {
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore_warning);
  *info = png ? png_create_info_struct(png) : NULL;
  if (*info == NULL) {
    snprintf(message, EASEL_PNG_MESSAGE, "no memory");
    png_destroy_read_struct(&png, NULL, NULL);
    return NULL;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, info, NULL);
    return NULL;
  }
  png_set_benign_errors(png, 1);
  // The caller has limits of its own on the size of a picture; this one is on text chunks.
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_chunk_malloc_max(png, 64 << 20);
  png_set_read_fn(png, from, read_bytes);
  png_read_info(png, *info);
  return png;
}

int easel_png_read_header(
    const uint8_t *bytes, size_t count, easel_png_header *header, char *message) {
  source from = {bytes, count};
  png_infop info;
  png_structp png = open_reader(&from, &info, message);
  if (png == NULL) return 0;
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->has_alpha = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0 ||
                      png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

/// Has libpng turn whatever the file holds into RGBA with 16 bits in the machine's byte order.
static void ask_for_rgba16(png_structp png, png_infop info) {
  const uint16_t one = 1;
  png_set_expand_16(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, 0xffff, PNG_FILLER_AFTER);
  if (*(const uint8_t *)&one == 1) png_set_swap(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
}

static void hand_out_texts(
    png_structp png, png_infop info, easel_png_text_reader read_text, void *context) {
  png_textp texts;
  int count = 0;
  png_get_text(png, info, &texts, &count);
  for (int i = 0; i < count; i++) {
    if (texts[i].key != NULL && texts[i].text != NULL)
      read_text(context, texts[i].key, texts[i].text);
  }
}

int easel_png_decode(
    const uint8_t *bytes, size_t count, uint16_t *pixels, easel_png_text_reader read_text,
    void *context, char *message) {
  source from = {bytes, count};
  png_infop info;
  png_structp png = open_reader(&from, &info, message);
  if (png == NULL) return 0;
  const size_t row = 4 * (size_t)png_get_image_width(png, info);
  const uint32_t height = png_get_image_height(png, info);
  png_bytep *rows = malloc(height * sizeof *rows);
  int done = 0;
  if (rows == NULL) {
    snprintf(message, EASEL_PNG_MESSAGE, "no memory");
  } else if (!setjmp(png_jmpbuf(png))) {
    for (uint32_t y = 0; y < height; y++) rows[y] = (png_bytep)(pixels + y * row);
    ask_for_rgba16(png, info);
    png_read_image(png, rows);
    png_read_end(png, info);
    hand_out_texts(png, info, read_text, context);
    done = 1;
  }
  free(rows);
  png_destroy_read_struct(&png, &info, NULL);
  return done;
}

static void write_texts(
    png_structp png, png_infop info, const easel_png_text *texts, int count) {
  for (int i = 0; i < count; i++) {
    png_text text = {
        .compression = PNG_ITXT_COMPRESSION_NONE,
        .key = (png_charp)texts[i].keyword,
        .text = (png_charp)texts[i].text,
        .itxt_length = strlen(texts[i].text),
    };
    png_set_text(png, info, &text, 1);
  }
}

int easel_png_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
    const easel_png_text *texts, int text_count, easel_png_writer write, void *context,
    char *message) {
  sink to = {write, context};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (info == NULL) {
    snprintf(message, EASEL_PNG_MESSAGE, "no memory");
    png_destroy_write_struct(&png, NULL);
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, &to, write_bytes, flush_nothing);
  png_set_compression_level(png, 6);
  png_set_IHDR(
      png, info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
      PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  write_texts(png, info, texts, text_count);
  png_write_info(png, info);
  for (uint32_t y = 0; y < height; y++)
    png_write_row(png, pixels + (size_t)y * width * channels);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 1;
}

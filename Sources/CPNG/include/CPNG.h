// The little of libpng that Easel needs, with its long jumps kept inside: every function returns 1, or 0
// and a sentence in `message`.
#ifndef EASEL_CPNG_H
#define EASEL_CPNG_H

#include <stddef.h>
#include <stdint.h>

enum { EASEL_PNG_MESSAGE = 200 };

typedef struct {
  uint32_t width;
  uint32_t height;
  /// Whether a pixel can be other than opaque.
  int has_alpha;
} easel_png_header;

/// Is told of a text chunk; all are UTF-8 or Latin-1 and end with a zero.
typedef void (*easel_png_text_reader)(void *context, const char *keyword, const char *text);

/// Is given a part of the file.
typedef void (*easel_png_writer)(void *context, const uint8_t *bytes, size_t count);

typedef struct {
  const char *keyword;
  const char *text;
} easel_png_text;

/// Reads what stands before the pixels of a file in memory.
int easel_png_read_header(
    const uint8_t *bytes, size_t count, easel_png_header *header, char *message);

/// Decodes to RGBA with 16 bits a channel, not multiplied by alpha: `4 * width * height` numbers.
int easel_png_decode(
    const uint8_t *bytes, size_t count, uint16_t *pixels, easel_png_text_reader read_text,
    void *context, char *message);

/// Encodes 8 bits a channel, grey (`channels` 1) or RGB (3).
int easel_png_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
    const easel_png_text *texts, int text_count, easel_png_writer write, void *context,
    char *message);

#endif

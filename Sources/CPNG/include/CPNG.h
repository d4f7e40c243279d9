// The little of libpng that Easel needs. libpng's long jumps stay inside: a function that can fail returns 1,
// or 0 and leaves a sentence for `easel_png_error`.
#ifndef EASEL_CPNG_H
#define EASEL_CPNG_H

#include <stddef.h>
#include <stdint.h>

/// A file that is being decoded or encoded.
typedef struct easel_png easel_png;

void easel_png_close(easel_png *file);
const char *easel_png_error(const easel_png *file);

// MARK: - Decoding

/// How `easel_png_read_pixels` lays pixels out: row by row, without gaps.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// 1: grey. 3: red, green, blue. 2 and 4: opacity too, by which the colours are not multiplied.
  int channels;
  /// 1 or 2, in the machine's byte order. Samples of less than 8 bits are scaled to 8.
  int bytes_per_sample;
} easel_png_layout;

typedef struct {
  const char *keyword;
  const char *text;
  /// Whether `text` is UTF-8; otherwise it is Latin-1, as `keyword` always is.
  int is_utf8;
} easel_png_text;

/// The bytes must outlive the file. NULL where there is no memory.
easel_png *easel_png_open(const uint8_t *bytes, size_t count);
/// Reads what stands before the pixels.
int easel_png_read_layout(easel_png *file, easel_png_layout *layout);
/// The ICC profile, which belongs to the file; NULL where there is none, or it is damaged.
const uint8_t *easel_png_profile(easel_png *file, size_t *count);
/// Reads the pixels and what follows them.
int easel_png_read_pixels(easel_png *file, uint8_t *pixels);
/// The texts that were read so far.
int easel_png_text_count(easel_png *file);
easel_png_text easel_png_text_at(easel_png *file, int index);

// MARK: - Encoding

/// Is given the parts of the file, one after the other.
typedef void (*easel_png_sink)(void *context, const uint8_t *bytes, size_t count);

/// NULL where there is no memory.
easel_png *easel_png_create(easel_png_sink sink, void *context);
/// Adds an international text. Both strings are copied.
int easel_png_add_text(easel_png *file, const char *keyword, const char *text);
/// Writes the whole file: 8 bits a sample, grey (`channels` 1) or RGB (3), rows without gaps.
int easel_png_write(
    easel_png *file, const uint8_t *pixels, uint32_t width, uint32_t height, int channels);

#endif

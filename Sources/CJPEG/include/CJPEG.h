// The little of libjpeg-turbo that Easel needs. Its long jumps stay inside: a function that can fail returns 1,
// or 0 and leaves a sentence.
#ifndef EASEL_CJPEG_H
#define EASEL_CJPEG_H

#include <stddef.h>
#include <stdint.h>

// MARK: - Decoding

/// A file that is being decoded.
typedef struct easel_jpeg easel_jpeg;

/// The bytes must outlive the file. NULL where there is no memory.
easel_jpeg *easel_jpeg_open(const uint8_t *bytes, size_t count);
void easel_jpeg_close(easel_jpeg *file);
const char *easel_jpeg_error(const easel_jpeg *file);

/// How `easel_jpeg_read_pixels` lays pixels out: row by row, without gaps, 8 bits a sample.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// 1: grey. 3: red, green, blue. 4: cyan, magenta, yellow, black as they stand in the file.
  int channels;
} easel_jpeg_layout;

/// Reads what stands before the pixels.
int easel_jpeg_read_layout(easel_jpeg *file, easel_jpeg_layout *layout);
/// Reads the pixels. What would leave some of them unknown is a failure, not a warning.
int easel_jpeg_read_pixels(easel_jpeg *file, uint8_t *pixels);

// MARK: - Encoding

typedef struct {
  /// 8 bits a sample, rows without gaps.
  const uint8_t *pixels;
  uint32_t width;
  uint32_t height;
  /// 1: grey. 3: red, green, blue.
  int channels;
  /// From 1 to 100.
  int quality;
  /// Whether colour is kept at half the width and height.
  int halves_color;
} easel_jpeg_picture;

/// Is given the whole file.
typedef void (*easel_jpeg_sink)(void *context, const uint8_t *bytes, size_t count);

enum { EASEL_JPEG_MESSAGE_BYTES = 200 };

/// Writes a baseline file. `message` has room for `EASEL_JPEG_MESSAGE_BYTES`.
int easel_jpeg_encode(
    const easel_jpeg_picture *picture, easel_jpeg_sink sink, void *context, char *message);

#endif

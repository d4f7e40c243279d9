#include <stdlib.h>

#include "errors.h"

// A progressive file may refine its picture in as many passes as it likes, each over all pixels: no encoder
// needs this many.
enum { MAXIMUM_SCANS = 500 };

struct easel_jpeg {
  easel_jpeg_errors errors;
  struct jpeg_decompress_struct decoder;
  struct jpeg_progress_mgr progress;
};

static void count_scans(j_common_ptr codec) {
  if (((j_decompress_ptr)codec)->input_scan_number <= MAXIMUM_SCANS) return;
  easel_jpeg_errors *errors = (easel_jpeg_errors *)codec->err;
  snprintf(errors->message, sizeof errors->message, "it has more than %d scans", MAXIMUM_SCANS);
  longjmp(errors->failed, 1);
}

easel_jpeg *easel_jpeg_open(const uint8_t *bytes, size_t count) {
  easel_jpeg *file = calloc(1, sizeof *file);
  if (file == NULL) return NULL;
  file->decoder.err = easel_jpeg_watch(&file->errors);
  if (setjmp(file->errors.failed)) {
    easel_jpeg_close(file);
    return NULL;
  }
  jpeg_create_decompress(&file->decoder);
  jpeg_mem_src(&file->decoder, bytes, count);
  file->progress.progress_monitor = count_scans;
  file->decoder.progress = &file->progress;
  return file;
}

void easel_jpeg_close(easel_jpeg *file) {
  jpeg_destroy_decompress(&file->decoder);
  free(file);
}

const char *easel_jpeg_error(const easel_jpeg *file) { return file->errors.message; }

int easel_jpeg_read_layout(easel_jpeg *file, easel_jpeg_layout *layout) {
  j_decompress_ptr decoder = &file->decoder;
  if (setjmp(file->errors.failed)) return 0;
  jpeg_read_header(decoder, TRUE);
  const int components = decoder->num_components;
  decoder->out_color_space = components == 1   ? JCS_GRAYSCALE
                             : components == 4 ? JCS_CMYK
                                               : JCS_RGB;
  jpeg_start_decompress(decoder);
  layout->width = decoder->output_width;
  layout->height = decoder->output_height;
  layout->channels = decoder->output_components;
  return 1;
}

int easel_jpeg_read_pixels(easel_jpeg *file, uint8_t *pixels) {
  j_decompress_ptr decoder = &file->decoder;
  if (setjmp(file->errors.failed)) return 0;
  const size_t row = (size_t)decoder->output_width * (size_t)decoder->output_components;
  while (decoder->output_scanline < decoder->output_height) {
    JSAMPROW line = pixels + decoder->output_scanline * row;
    jpeg_read_scanlines(decoder, &line, 1);
  }
  jpeg_finish_decompress(decoder);
  return 1;
}

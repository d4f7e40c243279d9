#include <stdlib.h>

#include "errors.h"

// What libjpeg has written, in memory that it took.
typedef struct {
  unsigned char *bytes;
  unsigned long count;
} encoded_file;

static void set_up(j_compress_ptr encoder, const easel_jpeg_picture *picture) {
  encoder->image_width = picture->width;
  encoder->image_height = picture->height;
  encoder->input_components = picture->channels;
  encoder->in_color_space = picture->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(encoder);
  jpeg_set_quality(encoder, picture->quality, TRUE);
  encoder->optimize_coding = TRUE;
  const int factor = picture->halves_color && picture->channels == 3 ? 2 : 1;
  encoder->comp_info[0].h_samp_factor = factor;
  encoder->comp_info[0].v_samp_factor = factor;
}

static int encode(
    j_compress_ptr encoder, easel_jpeg_errors *errors, const easel_jpeg_picture *picture,
    encoded_file *file) {
  if (setjmp(errors->failed)) return 0;
  jpeg_create_compress(encoder);
  jpeg_mem_dest(encoder, &file->bytes, &file->count);
  set_up(encoder, picture);
  jpeg_start_compress(encoder, TRUE);
  const size_t row = (size_t)picture->width * (size_t)picture->channels;
  while (encoder->next_scanline < encoder->image_height) {
    JSAMPROW line = (JSAMPROW)(picture->pixels + encoder->next_scanline * row);
    jpeg_write_scanlines(encoder, &line, 1);
  }
  jpeg_finish_compress(encoder);
  return 1;
}

int easel_jpeg_encode(
    const easel_jpeg_picture *picture, easel_jpeg_sink sink, void *context, char *message) {
  struct jpeg_compress_struct encoder = {0};
  easel_jpeg_errors errors = {0};
  encoded_file file = {0};
  encoder.err = easel_jpeg_watch(&errors);
  const int succeeded = encode(&encoder, &errors, picture, &file);
  if (succeeded)
    sink(context, file.bytes, file.count);
  else
    snprintf(message, EASEL_JPEG_MESSAGE_BYTES, "%s", errors.message);
  jpeg_destroy_compress(&encoder);
  free(file.bytes);
  return succeeded;
}

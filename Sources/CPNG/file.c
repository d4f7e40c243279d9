#include "file.h"

#include <stdio.h>
#include <stdlib.h>

void easel_png_fail(png_structp png, png_const_charp message) {
  easel_png *file = png_get_error_ptr(png);
  snprintf(file->error, sizeof file->error, "%s", message);
  png_longjmp(png, 1);
}

void easel_png_ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

easel_png *easel_png_complete(easel_png *file) {
  if (file->png != NULL) file->info = png_create_info_struct(file->png);
  if (file->info != NULL) return file;
  easel_png_close(file);
  return NULL;
}

void easel_png_close(easel_png *file) {
  if (file->sink != NULL)
    png_destroy_write_struct(&file->png, &file->info);
  else
    png_destroy_read_struct(&file->png, &file->info, NULL);
  free(file);
}

const char *easel_png_error(const easel_png *file) { return file->error; }

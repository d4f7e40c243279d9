#ifndef EASEL_CJPEG_ERRORS_H
#define EASEL_CJPEG_ERRORS_H

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "CJPEG.h"

// libjpeg's error manager, with what its callbacks need; the manager stands first.
typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf failed;
  char message[JMSG_LENGTH_MAX];
} easel_jpeg_errors;

// Gives the manager to a decoder or an encoder. Errors keep their message and jump to `failed`.
struct jpeg_error_mgr *easel_jpeg_watch(easel_jpeg_errors *errors);

#endif

#include "errors.h"

#include <jerror.h>

static void fail(j_common_ptr codec) {
  easel_jpeg_errors *errors = (easel_jpeg_errors *)codec->err;
  codec->err->format_message(codec, errors->message);
  longjmp(errors->failed, 1);
}

// Warnings after which libjpeg makes pixels up.
static int loses_pixels(int code) {
  switch (code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_NOT_SEQUENTIAL: return 1;
    default: return 0;
  }
}

static void judge(j_common_ptr codec, int level) {
  if (level < 0 && loses_pixels(codec->err->msg_code)) fail(codec);
}

struct jpeg_error_mgr *easel_jpeg_watch(easel_jpeg_errors *errors) {
  jpeg_std_error(&errors->manager);
  errors->manager.error_exit = fail;
  errors->manager.emit_message = judge;
  return &errors->manager;
}

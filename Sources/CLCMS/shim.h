#include <lcms2.h>

// How samples lie in memory, by macros that Swift does not see: `colors` channels of colour and `others` that
// are left alone, each of 1 or 2 bytes.
static inline cmsUInt32Number easel_lcms_format(
    cmsUInt32Number space, cmsUInt32Number colors, cmsUInt32Number others, cmsUInt32Number bytes) {
  return COLORSPACE_SH(space) | CHANNELS_SH(colors) | EXTRA_SH(others) | BYTES_SH(bytes);
}

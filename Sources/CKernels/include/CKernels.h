#ifndef EASEL_CKERNELS_H
#define EASEL_CKERNELS_H
#endif

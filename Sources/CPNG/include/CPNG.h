#ifndef EASEL_CPNG_H
#define EASEL_CPNG_H
#endif

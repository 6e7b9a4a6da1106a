#ifndef BASIN_ALLOCATOR_H
#define BASIN_ALLOCATOR_H

// glibc's settings of malloc, which Swift's own module of it leaves out.
#include <malloc.h>

#endif

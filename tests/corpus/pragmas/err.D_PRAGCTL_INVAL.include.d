#include <sys/types.h>
BEGIN { trace(1); }

#pragma once
// With SQLITE_CORE the header does not turn every function's name into a macro.
#define SQLITE_CORE 1
#include <sqlite3ext.h>

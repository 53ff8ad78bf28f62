#include "CRuntimeHooks.h"

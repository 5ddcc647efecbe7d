/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The boolean type under its usual name.
 * C17 spells it _Bool.
 */
#ifndef _STDBOOL_H_
#define _STDBOOL_H_

#define bool _Bool
#define true 1
#define false 0

#endif

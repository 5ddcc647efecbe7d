/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Truth as C has it, for scripts under dtrace -C.
 */
#ifndef _STDBOOL_H_
#define _STDBOOL_H_

#define bool	_Bool
#define true	1
#define false	0

#endif

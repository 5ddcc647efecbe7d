/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel leaves at the very top of the user stack: where the strings are. */
#ifndef _SYS_EXEC_H_
#define	_SYS_EXEC_H_

struct ps_strings {
	char	**ps_argvstr;
	unsigned int ps_nargvstr;
	char	**ps_envstr;
	unsigned int ps_nenvstr;
};
#define	PS_STRINGS	(USRSTACK - sizeof(struct ps_strings))

#endif

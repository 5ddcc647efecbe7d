/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Character classes of ASCII, as functions.
 * Arguments are as from getc(): unsigned char or EOF.
 */
#ifndef _CTYPE_H_
#define _CTYPE_H_

int isalnum(int);
int isalpha(int);
int isdigit(int);
int islower(int);
int isprint(int);
int isspace(int);
int isupper(int);
int isxdigit(int);
int tolower(int);
int toupper(int);

#endif

#!/usr/sbin/dtrace -s
/* Comments, the interpreter line, pragmas and #pragma ident. */
#pragma ident "@(#)x.d"
#pragma D option quiet
#pragma D option bufsize=8m /* why */
# 12 "file.d"
BEGIN /* here */
{
	/* there */ trace(1); /* and ** there */
}
/* BEGIN { trace(2); } */

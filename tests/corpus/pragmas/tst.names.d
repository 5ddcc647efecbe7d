/* Attributes and bindings of the names that a script defines; dependencies that are there. */
#pragma ident "@(#)names.d"
#pragma D attributes Evolving/Evolving/Common x
#pragma D binding "1.0" x
#pragma D depends_on provider dtrace
#pragma D depends_on module kernel
#pragma D option bufsize=4m
#line 100 "elsewhere.d"
# 12
#
int x;
BEGIN { x = 7; trace(x); }

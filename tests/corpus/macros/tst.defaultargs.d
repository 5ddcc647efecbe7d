/* With defaultargs a macro argument that was not given is 0, or the empty string. */
#pragma D option defaultargs
BEGIN { trace($1 + 1); trace($$2 == "" ? 7 : 8); }

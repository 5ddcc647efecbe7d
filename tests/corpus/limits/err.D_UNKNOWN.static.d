#pragma D option strsize=32k
string s;
BEGIN { s = execname; }

/* Constants: decimal, octal, hexadecimal, suffixes, characters and escapes. */
BEGIN
{
	trace(017);
	trace(0xFf);
	trace(10u + 1ul + 2LL + 3ull);
	trace('a');
	trace('\n');
	trace('\0');
	trace('\x41');
	trace('\101');
	trace('ab');
	trace("tab\there\101\x42");
	trace(18446744073709551615u);
	trace(4294967295);
	trace(0xffffffff);
}

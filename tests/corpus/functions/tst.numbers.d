/* Conversions between numbers and text, and byte order. */
BEGIN
{
	trace(lltostr(-42));
	trace(lltostr(0));
	trace(lltostr(255, 16));
	trace(lltostr(8, 8));
	trace(lltostr(5, 2));
	trace(strtoll("123abc"));
	trace(strtoll("-0x1f", 16));
	trace(strtoll("777", 8));
	trace(htons(0x1234) == 0x3412);
	trace(htonl(0x12345678) == 0x78563412);
	trace(ntohll(htonll(-5)));
	trace(progenyof(1));
	trace(progenyof(2));
}

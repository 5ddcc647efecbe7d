/* inet_ntoa writes the four bytes at an address with dots. */
BEGIN
{
	trace(inet_ntoa(&`ticks));
	trace(inet_ntoa((uint32_t *)0xc0500000));
	trace(strjoin("ip ", inet_ntoa((char *)0xc0500000 + 1)));
}
BEGIN { trace(inet_ntoa((uint32_t *)4)); }

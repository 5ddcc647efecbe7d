/* Empty branches and empty statements do nothing. */
BEGIN
{
	if (1)
		;
	if (0) {
	} else {
		;
	}
	if (2) {
		trace("done");
	}
}

/* setopt() changes how aggregations are sorted from there on. */
BEGIN
{
	@a["x"] = sum(1);
	@a["m"] = sum(2);
	@a["z"] = sum(3);
	printa("%s %@d\n", @a);
	setopt("aggsortrev");
	printa("rev %s %@d\n", @a);
	setopt("aggsortkey");
	printa("key %s %@d\n", @a);
	exit(0);
}

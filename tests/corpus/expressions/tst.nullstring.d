/* NULL equals the empty string and a string that nothing was assigned to. */
BEGIN
{
	trace("" == NULL);
	trace(name["a"] == NULL);
	name["a"] = "";
	trace(name["a"] == NULL);
	name["a"] = "x";
	trace(name["a"] == NULL);
	trace(NULL != name["a"]);
	trace(name["a"] > 0);
}

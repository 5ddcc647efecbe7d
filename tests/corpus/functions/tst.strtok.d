/* strtok hands out tokens one by one, with 0 for the same text, in later clauses of the same probe too. */
BEGIN
{
	this->text = "/usr:bin,,x";
	trace(strtok(this->text, ":/"));
	trace(strtok(0, ","));
	trace(this->text);
	trace(strtok(0, ","));
}

BEGIN
{
	trace(strtok("one two", " "));
	this->rest = strtok(0, " ");
	trace(this->rest);
	trace(strtok(0, " ") == 0);
	trace(strtok(0, " ") == 0);
	trace(strtok(",;,", ",;") == 0);
	trace(strtok("", ",") == 0);
	trace(strtok("whole", ""));
	trace(strtok("next,clause", ","));
}

BEGIN
{
	trace(strtok(0, ","));
}

END
{
	trace(strtok(0, ",") == 0);
}

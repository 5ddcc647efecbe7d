/* An array may be read above the first assignment to it, in the same clause or an earlier one: it is zero by then. */
BEGIN
/! pending[arg0]/
{
	trace(1);
	before = pending[arg0];
}
BEGIN
/seen[arg0] == 0 && before == 0/
{
	trace(2);
	seen[arg0] = 5;
	pending[arg0]++;
}
BEGIN
/seen[arg0] == 5 && pending[arg0]/
{
	trace(3);
}

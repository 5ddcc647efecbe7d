/* Every probe of the clause has its own conditions. */
BEGIN, syscall:::entry, END
{
	if (probename == "BEGIN")
		trace(1);
	else if (probename == "END")
		trace(3);
	else
		trace(2);
}

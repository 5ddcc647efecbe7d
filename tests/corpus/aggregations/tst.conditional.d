/* An aggregation under a constant condition exists if the condition holds, and so does what is done with it. */
inline int COUNTS = 1;
inline int TIMES = 0;
BEGIN
{
	COUNTS ? @calls["one"] = count() : 1;
	TIMES ? @spent["one"] = sum(timestamp) : 1;
	TIMES ? printa(@spent) : 1;
	TIMES ? trunc(@calls) : 1;
}

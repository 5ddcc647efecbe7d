/* Under a constant condition an action stands where the condition has it, or not at all. */
inline int SHORT = 1;
inline int DEEP = 0;
BEGIN
{
	SHORT ? trace(10) : 1;
	DEEP ? trace(20) : 1;
	SHORT && !DEEP ? trace(30) : trace(40);
	DEEP ? trace(50) : SHORT == 1 ? trace(60) : trace(70);
	DEEP ? trace(nobody_declared_this) : 1;
	SHORT ? seen = 80 : 1;
	trace(seen);
}

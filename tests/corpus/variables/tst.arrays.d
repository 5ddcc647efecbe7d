/* Elements of an associative array are told apart by every key; a missing one is 0. */
int declared[string, int];
BEGIN
{
	a["x", 1] = 10;
	a["x", 2] = 20;
	a["y", 1] = 30;
	trace(a["x", 1]);
	trace(a["x", 2]);
	trace(a[strjoin("", "y"), 3 - 2]);
	trace(a["z", 0]);
	a["x", 1]++;
	trace(a["x", 1]);
	declared[execname, pid] = 7;
	trace(declared["dd", 734]);
	self->b[pid] = "seven";
	trace(self->b[734]);
	s[1] = "one";
	s[2] = strjoin(s[1], " two");
	trace(s[2]);
	nested[a["x", 2], a["y", 1]] = 5;
	trace(nested[20, 30]);
}

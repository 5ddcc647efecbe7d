/* Arrays of C have their elements side by side, in every scope. */
int a[5];
this short b[3];
char grid[2][3];
BEGIN
{
	a[2] = 7;
	a[3] = a[2] * 2;
	a[3]++;
	trace(a[2]);
	trace(a[3]);
	trace(a[4]);
	trace(*(a + 3));
	trace(&a[3] - &a[1]);
	this->b[1] = 70000;
	trace(this->b[1]);
	grid[1][2] = 5;
	trace(grid[1][2]);
	trace(grid[0][5]);
	trace(sizeof (grid));
	trace(sizeof (grid[0]));
}

/* Structures are copied whole, into variables of every scope and elements of arrays. */
struct pair {
	int a;
	int b;
};
struct pair first;
self struct pair mine;
BEGIN
{
	first.a = 1;
	first.b = 2;
	second = first;
	first.a = 10;
	trace(second.a + second.b);
	this->third = second;
	this->third.b++;
	trace(this->third.b);
	trace(second.b);
	self->mine = second;
	self->mine.a += 5;
	trace(self->mine.a);
	table[1] = self->mine;
	table[1].b = 9;
	trace(table[1].a);
	trace(table[1].b);
	trace(self->mine.b);
}

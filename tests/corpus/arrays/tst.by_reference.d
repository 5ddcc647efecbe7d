/* An element that is a structure, an array or a string is there, full of zeroes, as soon as it is mentioned. */
struct call {
	uint64_t begun;
	uint64_t calls;
	size_t most;
	string name;
};
struct call calls[string];
self struct call own;
self struct call owns[int, int];
string names[int];

BEGIN
{
	calls[probename].begun = 5;
	calls[probename].calls++;
	calls[probename].most = 7 > calls[probename].most ? 7 : calls[probename].most;
	calls[probename].name = probename;
	calls[probename].name = strjoin(calls[probename].name, "!");
	printf("%d %d %d %s", calls["BEGIN"].begun, calls["BEGIN"].calls, calls["BEGIN"].most, calls["BEGIN"].name);
	printf("%d [%s]", calls["none"].calls, calls["none"].name);
}

BEGIN
{
	self->own.calls += 2;
	self->own.calls += 2;
	self->owns[1, 2].most = self->own.calls;
	printf("%d %d %d", self->own.calls, self->owns[1, 2].most, self->owns[2, 1].most);
}

BEGIN
{
	printf("[%s] %d %d", names[1], names[1] == NULL, names[1] == "");
	names[1] = "one";
	printf("[%s] %d", names[1], names[1] == NULL);
	names[1] = 0;
	printf("[%s]", names[1]);
}

BEGIN
{
	this->p = (char *)alloca(4);
	*(this->p + 2) = 'c';
	this->q = this->p + 3;
	*(this->q - 2) = 'b';
	this->p[0] = 'a';
	printf("%s", stringof(this->p));
}

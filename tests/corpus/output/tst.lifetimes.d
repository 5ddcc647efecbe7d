/* this-> lasts from clause to clause of a firing, self-> as long as the thread, others for good. */
this int clear;
self int mine;
int all;
string text;
BEGIN
{
	this->x = 5;
	self->x = 7;
	x = 9;
	printf("%d %d %d [%s]\n", this->clear, self->mine, all, text);
}
BEGIN { printf("%d %d %d\n", this->x, self->x, x); this->x++; self->x--; x *= 2; }
BEGIN { printf("%d %d %d\n", this->x, self->x, x); self->x = 0; }
BEGIN { printf("%d\n", self->x); text = "text"; self->s = text; text = "other"; printf("%s %s\n", self->s, text); }
END { printf("%d %s\n", x, text); }

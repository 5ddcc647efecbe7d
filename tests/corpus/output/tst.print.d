/* print() shows a value with its C type as it was written, members in lines, text in quotes. */
typedef struct point {
	int x;
	int y;
} point_t;
typedef enum { RED, GREEN } color_t;
typedef char name_t[8];
struct all {
	point_t at;
	point_t *next;
	point_t corners[2];
	color_t color;
	name_t name;
	string text;
	unsigned int low:3;
	int rest:5;
	int grid[2][2];
	union {
		int whole;
		char first;
	} either;
	long long large;
};
struct all a;
point_t p;

BEGIN
{
	a.at.x = 1;
	a.next = (point_t *)0x1234;
	a.corners[1].y = -1;
	a.color = GREEN;
	a.name[0] = 'm';
	a.name[1] = 'e';
	a.text = "a string";
	a.low = 7;
	a.rest = -2;
	a.grid[1][0] = 255;
	a.either.whole = 65;
	a.large = -1;
	p.y = 16;
	print(a);
	print(p);
	print(a.name);
	print(a.grid);
	print(a.color);
	print(a.text);
	print("text");
	print(5);
	print((char)65);
	print((uint16_t)65535);
}

translator point_t < struct all *s > {
	x = s->low;
	y = s->color;
};

BEGIN
{
	this->all = (struct all *)alloca(sizeof(struct all));
	this->all->color = GREEN;
	print(*xlate <point_t *> (this->all));
	exit(0);
}

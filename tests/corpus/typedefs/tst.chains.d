/* A typedef is the type it names, however many there are on the way. */
typedef unsigned char byte;
typedef byte octet;
typedef octet *octets;
typedef int (*handler)(int, char *);
typedef struct {
	octet o;
	handler h;
} entry_t;
typedef int row[3];
octet x;
entry_t e;
row r;
BEGIN
{
	x = 257;
	trace(x);
	e.o = 511;
	trace(e.o);
	trace(sizeof (octets));
	trace(sizeof (handler));
	trace(sizeof (entry_t));
	r[2] = 8;
	trace(r[2]);
	trace(sizeof (row));
	trace((octet)-1);
}

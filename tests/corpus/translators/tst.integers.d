/* A translator can start from an integer, and from a structure itself; one may use another. */
typedef struct name { string text; int doubled; } name_t;
struct cell { int value; };
typedef struct outer { int twice; string text; } outer_t;
translator name_t < int N > { text = N == 1 ? "one" : "many"; doubled = N * 2; };
translator outer_t < struct cell C > { twice = xlate < name_t > (C.value).doubled; text = xlate < name_t > (C.value).text; };
BEGIN {
	trace(xlate < name_t > (1).text);
	trace(xlate < name_t > (21).doubled);
	trace(xlate < outer_t > (*(struct cell *)&`ticks).twice);
	trace(xlate < outer_t * > (*(struct cell *)&`ticks)->text);
}

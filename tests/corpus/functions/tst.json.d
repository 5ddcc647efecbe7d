/* json() finds an element of a JSON text; strings lose their quotes, objects and arrays come as they are written. */
BEGIN
{
	this->t = "{\"a\": 1, \"b\": {\"c\": [10, \"x y\", {\"d\": true}]}, \"e\": null, \"f\": -1.5e3}";
	trace(json(this->t, "a"));
	trace(json(this->t, "b.c[0]"));
	trace(json(this->t, "b.c[1]"));
	trace(json(this->t, "b.c[2].d"));
	trace(json(this->t, "b.c"));
	trace(json(this->t, "e"));
	trace(json(this->t, "f"));
	trace(json(this->t, "g") == 0);
	trace(json(this->t, "a.b") == 0);
	trace(json(this->t, "b.c[3]") == 0);
	trace(json("[1, [2, 3], 4]", "[1][0]"));
	trace(json("[1, [2, 3], 4]", "2"));
	trace(json("{\"k\\\"q\": \"v\\\"w\"}", "k\"q"));
	trace(json("no json", "a") == 0);
	trace(json("{\"a\": }", "a") == 0);
	trace(strtoll(json(this->t, "a")) + 1);
}

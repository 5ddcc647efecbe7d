/* An array's element that is a structure, or a thread's structure, is there when a member of it is first spoken of. */
struct call { uint64_t ts; int calls; size_t most; };
struct call i[string];
self struct call s;
self struct call t[int, string];
fbt::malloc:entry
{
	trace(i["a"].calls);
	i["a"].calls++;
	i["a"].most = arg0 > i["a"].most ? arg0 : i["a"].most;
	i["b"].ts += 5;
	self->s.calls += 2;
	self->t[3, "x"].most = 9;
}
fbt::malloc:entry /i["a"].calls == 1 && last.calls == 0/
{
	trace(i["a"].most); trace(i["b"].ts); trace(i["b"].calls); trace(self->s.calls); trace(self->t[3, "x"].most);
	last = i["b"]; trace(last.ts);
}
fbt::malloc:entry /guard++ == 0/ { trace("first"); }

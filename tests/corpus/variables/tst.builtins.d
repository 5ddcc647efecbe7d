/* Builtin variables have the types that dtrace gives them. */
fbt::malloc:entry
{
	trace(probeprov);
	trace(probemod);
	trace(probefunc);
	trace(probename);
	trace(execname);
	trace(pid);
	trace(ppid);
	trace(uid + gid + errno + cpu + ipl);
	trace(arg0);
	trace(arg1);
	trace(arg9);
	trace(stackdepth);
	trace(timestamp - timestamp);
	trace(caller == 0xc0301234);
}

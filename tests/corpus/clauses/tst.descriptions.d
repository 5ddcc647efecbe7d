/* Descriptions of one to four parts, globs, lists and empty parts. */
malloc:entry { trace(1); }
kernel:malloc:entry { trace(2); }
fbt:kernel:malloc:entry { trace(3); }
fbt::m*c:entry { trace(4); }
fbt::[lm]alloc:e?try { trace(5); }
syscall:::entry, fbt:::entry { trace(6); }
::malloc: { trace(7); }
fbt:::malloc:entry { trace(8); }
fbt::free:entry { trace(9); }

#pragma D option amin=Stable/Stable/Common
fbt::malloc:entry { trace(1); }

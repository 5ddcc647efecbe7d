fbt:$nosuch:malloc:entry { trace(1); }

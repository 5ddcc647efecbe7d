/* $target, $sid and their kin are macros: without the dollar sign the names are free. */
BEGIN { target = "a"; sid = 2; taskid = pgid = projid = 3; }
BEGIN { trace(target); trace(sid + taskid + pgid + projid); trace($target); }

/* Every macro variable that D names has a value, 0 if nobody gave one; doubled it is a string. */
BEGIN { trace($uid); trace($$pid); trace($egid + $euid + $gid + $sid + $pgid + $ppid + $projid + $taskid); trace($$0); }

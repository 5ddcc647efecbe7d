/* Real and effective user are one here, and there are no jails: what this machine always answers. */
fbt::malloc:entry
{
	trace(euid == uid && egid == gid);
	trace(jid);
	trace(jailname);
	trace(id > 0);
}

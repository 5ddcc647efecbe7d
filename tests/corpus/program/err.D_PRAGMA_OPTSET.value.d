#pragma D option strsize=huge
BEGIN

#pragma D option qiet
BEGIN

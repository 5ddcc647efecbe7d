/* Attributes of a declared provider and of its parts. */
#pragma D attributes Evolving/Evolving/Common provider app provider
#pragma D attributes Private/Private/Unknown provider app args
provider app { probe p(int); };
BEGIN { trace(1); }
